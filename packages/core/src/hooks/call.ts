import type { AsyncParallelHook, AsyncSeriesBailHook, AsyncSeriesWaterfallHook } from "tapable";

function freezeDeep(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) return;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null) return;
  Object.freeze(value);
  for (const member of Object.values(value)) freezeDeep(member);
}

/** Tells the observers. An idle hook costs nothing: its arguments are not built, and there is nothing to await. */
export function notify<T extends unknown[]>(hook: AsyncParallelHook<T>, build: () => T): Promise<void> | undefined {
  if (!hook.isUsed()) return undefined;
  const args = build();
  freezeDeep(args);
  return (hook.promise as (...all: T) => Promise<void>)(...args);
}

/** Lets the shapers change a value, one after the other; the value itself where nobody tapped. Throws HOOK_FAILED. */
export function shape<T>(hook: AsyncSeriesWaterfallHook<[T]>, value: T): T | Promise<T> {
  return hook.isUsed() ? (hook.promise as unknown as (value: T) => Promise<T>).call(hook, value) : value;
}

/** Asks until one answers; undefined where nobody does. Throws HOOK_FAILED. */
export function ask<T extends unknown[], R>(hook: AsyncSeriesBailHook<T, R>, build: () => T): Promise<R | undefined> | undefined {
  if (!hook.isUsed()) return undefined;
  return (hook.promise as unknown as (...all: T) => Promise<R | undefined>).call(hook, ...build());
}
