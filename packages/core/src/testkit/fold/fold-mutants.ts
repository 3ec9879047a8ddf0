import { isDeepStrictEqual } from "node:util";
import type { Fold } from "../../contracts/fold.js";
import type { Frame } from "../../contracts/frame.js";

/** An array of a batch, and what it held. */
interface Kept {
  readonly array: ArrayBufferView;
  readonly held: ArrayBufferView;
}

/** A partial beside what only mutants look at: of how many merges it came, what adding and finishing left behind. */
interface Marked {
  readonly own: unknown;
  readonly merges: number;
  readonly empties: number;
  readonly zero: number;
  finishes: number;
  readonly kept: readonly Kept[];
  readonly trace: readonly number[];
}

/** By the law that is to break, and no other: an honest fold with a mistake that an author could make. `alter` makes another result, where there is something to tell. */
export function foldMutants<Result>(honest: Fold<Result>, alter: (result: Result) => Result): Readonly<Record<string, Fold<Result>>> {
  const mark = (own: unknown, more: Partial<Marked> = {}): Marked => ({ own, merges: 0, empties: 0, zero: -0, finishes: 0, kept: [], trace: [], ...more });
  const fold: Fold<Result, Marked> = {
    start: () => mark(honest.start()),
    add: (partial, batch) => ({ ...partial, own: honest.add(partial.own, batch), merges: 0 }),
    merge: (left, right) => ({ ...left, own: honest.merge(left.own, right.own), merges: left.merges + right.merges + 1 }),
    finish: ({ own }) => honest.finish(own),
  };
  const shared: number[] = [];
  return {
    "batches of any size give the same result": { ...fold, add: (partial, batch) => (batch.length === 0 ? partial : fold.add(fold.start(), batch)) },
    "partials merge from left to right": { ...fold, merge: (left, right) => (left.merges > 0 ? left : fold.merge(left, right)) },
    "partials merge in any grouping": { ...fold, merge: (left, right) => (right.merges > 0 ? right : fold.merge(left, right)) },
    "an empty batch changes nothing": {
      ...fold,
      add: (partial, batch) => ({ ...fold.add(partial, batch), empties: partial.empties + (batch.length === 0 ? 1 : 0) }),
      finish: (partial) => (partial.empties > 0 ? alter(fold.finish(partial)) : fold.finish(partial)),
    },
    // Bytes are canonical, and -0 is 0 there.
    "a partial travels as bytes": { ...fold, finish: (partial) => (Object.is(partial.zero, -0) ? fold.finish(partial) : alter(fold.finish(partial))) },
    "a partial keeps nothing of its batch": {
      ...fold,
      add: (partial, batch) => ({ ...fold.add(partial, batch), kept: [...partial.kept, ...arraysOf(batch).map((array) => ({ array, held: structuredClone(array) }))] }),
      finish: (partial) => (partial.kept.some(({ array, held }: Kept) => !isDeepStrictEqual(array, held)) ? alter(fold.finish(partial)) : fold.finish(partial)),
    },
    "finish leaves the partial as it was": {
      ...fold,
      finish(partial) {
        partial.finishes++;
        return fold.finish(partial);
      },
    },
    "every start is a fresh one": {
      ...fold,
      start: () => mark(honest.start(), { trace: shared }),
      add(partial, batch) {
        (partial.trace as number[]).push(batch.length);
        return fold.add(partial, batch);
      },
    },
  };
}

function arraysOf(batch: Frame): readonly ArrayBufferView[] {
  return batch.fields.flatMap(({ name }) => Object.values<unknown>(batch.column(name)).flat()).filter((value): value is ArrayBufferView => ArrayBuffer.isView(value));
}
