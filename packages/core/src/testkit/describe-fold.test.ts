import { expect, test } from "vitest";
import type { Fold } from "../contracts/fold.js";
import { field } from "../frame/frame.js";
import { toFloat64 } from "../frame/missing.js";
import { describeFold } from "./describe-fold.js";
import { foldLaws } from "./fold/fold-laws.js";
import { brokenLaws } from "./law.js";

interface Partial {
  rows: number;
  first: number | null;
  last: number | null;
  /** Of how many merges it came, and what adding left behind: no result shows these, so that a mutant can go wrong by them alone. */
  merges: number;
  zero: number;
  trace: number[];
  /** The first values of batches, as arrays and as they were. */
  kept: { array: Float64Array | Int32Array; held: number }[];
}

const ofBatch = (values: Float64Array): Partial => ({ kept: [], rows: values.length, first: values[0] ?? null, last: values.at(-1) ?? null, merges: 0, zero: -0, trace: [] });

/** The number of rows and the first and last value: order matters, so that every law has something to say. */
const honest: Fold<object, Partial> = {
  start: () => ofBatch(new Float64Array(0)),
  add: (partial, batch) => honest.merge(partial, ofBatch(toFloat64(batch.column("x")))),
  merge: (left, right) => ({ ...left, rows: left.rows + right.rows, first: left.rows > 0 ? left.first : right.first, last: right.rows > 0 ? right.last : left.last, merges: left.merges + right.merges + 1 }),
  finish: ({ rows, first, last }) => ({ rows, first, last }),
};
const unmerged: Fold<object, Partial> = { ...honest, add: (partial, batch) => ({ ...honest.add(partial, batch), merges: 0 }) };
const trace: number[] = [];

/** One for each law; only that law catches it. */
const mutants: Record<string, Fold<object, Partial>> = {
  "batches of any size give the same result": { ...honest, add: (partial, batch) => (batch.length === 0 ? partial : ofBatch(toFloat64(batch.column("x")))) },
  "partials merge from left to right": { ...unmerged, merge: (left, right) => (left.merges > 0 ? left : honest.merge(left, right)) },
  "partials merge in any grouping": { ...unmerged, merge: (left, right) => (right.merges > 0 ? right : honest.merge(left, right)) },
  "an empty batch changes nothing": { ...honest, add: (partial, batch) => ({ ...honest.add(partial, batch), rows: partial.rows + Math.max(batch.length, 1) }) },
  "a partial travels as bytes": { ...honest, finish: (partial) => ({ ...honest.finish(partial), here: Object.is(partial.zero, -0) }) },
  "a partial keeps nothing of its batch": {
    ...honest,
    add(partial, batch) {
      const { values } = batch.column("x") as { readonly values: Int32Array };
      return { ...honest.add(partial, batch), kept: batch.length === 0 ? partial.kept : [...partial.kept, { array: values.subarray(0, 1), held: values[0]! }] };
    },
    merge: (left, right) => ({ ...honest.merge(left, right), kept: [...left.kept, ...right.kept] }),
    finish: (partial) => ({ ...honest.finish(partial), ...(partial.kept.some(({ array, held }) => array[0] !== held) ? { gone: true } : {}) }),
  },
  "finish leaves the partial as it was": {
    ...honest,
    finish(partial) {
      const result = honest.finish(partial);
      partial.rows++;
      return result;
    },
  },
  "every start is a fresh one": {
    ...honest,
    start: () => ({ ...honest.start(), trace }),
    add(partial, batch) {
      partial.trace.push(batch.length);
      return honest.add(partial, batch);
    },
  },
};

const fields = [field("x", "int32")];

describeFold({ name: "first and last", fields, create: () => honest });

test.each(foldLaws.map(({ name }) => name))("a mutant breaks this law alone: %s", async (name) => {
  expect(await brokenLaws(foldLaws, { fields, create: () => mutants[name]! })).toEqual([name]);
});

test("a mean that merges as the mean of two means is found: its merge is not associative", async () => {
  const mean: Fold<number | null, { rows: number; mean: number }> = {
    start: () => ({ rows: 0, mean: 0 }),
    add: (partial, batch) => {
      const values = toFloat64(batch.column("x")).filter((value) => !Number.isNaN(value));
      const rows = partial.rows + values.length;
      return rows === 0 ? partial : { rows, mean: (partial.mean * partial.rows + values.reduce((sum, value) => sum + value, 0)) / rows };
    },
    merge: (left, right) => (left.rows === 0 ? right : right.rows === 0 ? left : { rows: left.rows + right.rows, mean: (left.mean + right.mean) / 2 }),
    finish: ({ rows, mean: value }) => (rows === 0 ? null : value),
  };
  expect(await brokenLaws(foldLaws, { fields, create: () => mean, tolerance: 1e-9 })).toEqual(["partials merge from left to right", "partials merge in any grouping"]);
});
