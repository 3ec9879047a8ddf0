import { AsyncLocalStorage } from "node:async_hooks";
import type { Blame, Read } from "./blame.js";

/** Something that code read beside what its task is given. */
export interface UndeclaredRead extends Read {
  /** Whose code read it. */
  readonly plugin: string;
}

/** What is noted while one task runs. */
export interface Reading {
  readonly blame: Blame;
  readonly found: Map<string, UndeclaredRead>;
  /** Files that the task wrote itself. */
  readonly written: Set<string>;
  /** Reads of files are declared here: a source's are in the digests of its partitions, an artifact's is its own. */
  readonly isData: boolean;
}

const readings = new AsyncLocalStorage<Reading>();

/** What is noted where no task runs: while modules load, which happens outside of whoever imports them. */
let elsewhere: Reading | undefined;

/** What the code that runs now is noted for; undefined outside of strict tasks. */
export function currentReading(): Reading | undefined {
  return readings.getStore() ?? elsewhere;
}

/** Notes what code outside of tasks reads until it is disposed of. */
export function notingElsewhere(reading: Reading): Disposable {
  elsewhere = reading;
  return {
    [Symbol.dispose]() {
      elsewhere = undefined;
    },
  };
}

/** Does `work`, and notes what it and all that it waits for read. */
export function noting<T>(reading: Reading, work: () => T): T {
  return readings.run(reading, work);
}

/** Notes a read where plugin code asked for it. */
export function note(kind: Read["kind"], name: string): void {
  const reading = currentReading();
  if (reading === undefined) return;
  const plugin = reading.blame({ kind, name });
  if (plugin !== null) reading.found.set(`${kind} ${name} ${plugin}`, { kind, name, plugin });
}

/** An object whose methods read files that are declared, their iterables too. */
export function asData<T extends object>(subject: T): T {
  const reading = currentReading();
  if (reading === undefined) return subject;
  const declared: Reading = { ...reading, isData: true };
  return new Proxy(subject, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...given: readonly unknown[]) => declaredResult(noting(declared, () => Reflect.apply(member, target, given)), declared);
    },
  });
}

function declaredResult(result: unknown, declared: Reading): unknown {
  if (typeof result !== "object" || result === null || !(Symbol.asyncIterator in result)) return result;
  const iterator = (result as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  // A generator's body runs in the context of whoever asks for its next value.
  const generator: AsyncGenerator<unknown> = {
    next: () => noting(declared, () => iterator.next()),
    return: (value) => noting(declared, async () => (await iterator.return?.(value)) ?? { done: true, value }),
    throw: (error) => noting(declared, () => thrownInto(iterator, error)),
    [Symbol.asyncIterator]: () => generator,
    [Symbol.asyncDispose]: async () => void (await generator.return(undefined)),
  };
  return generator;
}

async function thrownInto(iterator: AsyncIterator<unknown>, error: unknown): Promise<IteratorResult<unknown>> {
  if (iterator.throw === undefined) throw error;
  return iterator.throw(error);
}
