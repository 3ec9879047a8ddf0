import type { AsyncParallelHook, AsyncSeriesBailHook, AsyncSeriesWaterfallHook } from "tapable";

function freezeDeep(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) return;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null) return;
  Object.freeze(value);
  for (const member of Object.values(value)) freezeDeep(member);
}

/** tapable's `isUsed` counts interceptors, and the guard is one. */
function isTapped(hook: { readonly taps: readonly unknown[] }): boolean {
  return hook.taps.length > 0;
}

/** Tells the observers. An idle hook costs nothing: its arguments are not built, and there is nothing to await. */
export function notify<T extends unknown[]>(hook: AsyncParallelHook<T>, build: () => readonly [...T]): Promise<void> | undefined {
  if (!isTapped(hook)) return undefined;
  const args = build();
  freezeDeep(args);
  return (hook.promise as (...all: T) => Promise<void>).call(hook, ...args);
}

/** Lets the shapers change a value, one after the other; the value itself where nobody tapped. Throws HOOK_FAILED. */
export function shape<T>(hook: AsyncSeriesWaterfallHook<[T]>, value: T): T | Promise<T> {
  return isTapped(hook) ? (hook.promise as unknown as (value: T) => Promise<T>).call(hook, value) : value;
}

/** Asks until one answers; undefined where nobody does. Throws HOOK_FAILED. */
export function ask<T extends unknown[], R>(hook: AsyncSeriesBailHook<T, R>, build: () => readonly [...T]): Promise<R | undefined> | undefined {
  if (!isTapped(hook)) return undefined;
  return (hook.promise as unknown as (...all: T) => Promise<R | undefined>).call(hook, ...build());
}
