import { expect, test } from "vitest";
import type { Frame } from "../contracts/frame.js";
import { numberColumn } from "../frame/columns.js";
import { createFrame, field } from "../frame/frame.js";
import { defineFold } from "./define-fold.js";
import { extremes } from "./extremes.js";
import { foldBatches, foldParts } from "./fold-rows.js";
import { fuse } from "./fuse.js";
import { moments } from "./moments.js";

const frame = (...values: number[]) => createFrame([field("x", "float64")], [numberColumn("float64", values)], values.length);
async function* stream(...frames: Frame[]): AsyncIterable<Frame> {
  yield* frames;
}
const signal = new AbortController().signal;

test("many folds read the rows once", async () => {
  let reads = 0;
  async function* counted(): AsyncIterable<Frame> {
    reads++;
    yield frame(1, 2);
    yield frame(6);
  }
  const fold = fuse({ range: extremes("x"), mean: moments("x"), again: moments("x") });
  const result = fold.finish(await foldBatches(fold, counted(), signal));
  expect(reads).toBe(1);
  expect(result.range).toMatchObject({ minimum: 1, maximum: 6 });
  expect(result.mean.mean).toBe(3);
  expect(result.again).toEqual(result.mean);
});

test("parts merge in their order", async () => {
  const order = defineFold({ start: (): number[] => [], add: (partial, batch: Frame) => [...partial, batch.length], merge: (left, right) => [...left, -1, ...right], finish: (partial) => partial });
  expect(await foldParts(order, [stream(frame(1), frame(1, 2)), stream(), stream(frame(1, 2, 3))], signal)).toEqual([1, 2, -1, -1, 3]);
  expect(await foldParts(order, [], signal)).toEqual([]);
});

test("a signal stops a fold between two batches", async () => {
  const control = new AbortController();
  const fold = defineFold({ start: () => 0, add: (rows: number, batch: Frame) => { control.abort(); return rows + batch.length; }, merge: (left, right) => left + right, finish: (rows) => rows });
  await expect(foldBatches(fold, stream(frame(1), frame(2)), control.signal)).rejects.toMatchObject({ code: "RUN_INTERRUPTED" });
});

test("a long fold lets timers run", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const slow = defineFold({
    start: () => 0,
    add(rows: number, batch: Frame) {
      for (const end = performance.now() + 60; performance.now() < end; );
      return rows + batch.length;
    },
    merge: (left, right) => left + right,
    finish: (rows) => rows,
  });
  await foldBatches(slow, stream(frame(1), frame(1), frame(1)), signal);
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(0);
});
