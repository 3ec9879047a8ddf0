import { expect, test } from "vitest";
import type { Fold } from "../contracts/fold.js";
import { field } from "../frame/frame.js";
import { toFloat64 } from "../frame/missing.js";
import { describeFold } from "./describe-fold.js";
import { foldLaws } from "./fold-laws.js";
import { brokenLaws } from "./law.js";

type Partial = { rows: number; first: number | null; last: number | null };

/** The number of rows and the first and last value: order matters, so that every law has something to say. */
const honest: Fold<Partial, Partial> = {
  start: () => ({ rows: 0, first: null, last: null }),
  add: (partial, batch) => honest.merge(partial, ofBatch(toFloat64(batch.column("x")))),
  merge: (left, right) => ({ rows: left.rows + right.rows, first: left.rows > 0 ? left.first : right.first, last: right.rows > 0 ? right.last : left.last }),
  finish: (partial) => ({ ...partial }),
};

const ofBatch = (values: Float64Array): Partial => ({ rows: values.length, first: values[0] ?? null, last: values.at(-1) ?? null });
const fields = [field("x", "int32")];
const shared = { rows: 0, first: null as number | null, last: null as number | null };

const mutants: Record<string, Fold<Partial, any>> = {
  "batches of any size give the same result": { ...honest, add: (partial, batch) => (batch.length === 0 ? partial : ofBatch(toFloat64(batch.column("x")))) },
  "partials merge from left to right": { ...honest, merge: (left, right) => (left.rows === 0 && left.first === null && right.rows > 40 ? left : honest.merge(left, right)) },
  "partials merge in any grouping": { ...honest, merge: (left, right) => (right.rows === 0 ? { ...left, rows: left.rows + Number(left.rows === 7) } : honest.merge(left, right)) },
  "an empty batch changes nothing": { ...honest, add: (partial, batch) => ({ ...honest.add(partial, batch), rows: partial.rows + Math.max(batch.length, 1) }) },
  "a partial travels as bytes": { ...honest, start: () => new Date(0) as unknown, finish: () => ({ rows: 0, first: null, last: null }), add: (partial) => partial, merge: (left) => left },
  "finish leaves the partial as it was": { ...honest, finish: (partial) => { const result = { ...partial }; partial.rows++; return result; } },
  "every start is a fresh one": { ...honest, start: () => shared, add: (partial, batch) => Object.assign(partial, honest.add(partial, batch)) },
};

describeFold({ name: "first and last", fields, create: () => honest });

test.each(foldLaws.map(({ name }) => name))("a mutant breaks the law: %s", async (name) => {
  expect(await brokenLaws(foldLaws, { fields, create: () => mutants[name]! })).toContain(name);
});
