import { expect, test } from "vitest";
import { createFrame, field } from "../frame/frame.js";
import { numberColumn } from "../frame/columns.js";
import { textColumn } from "../frame/text-column.js";
import { describeFold } from "../testkit/describe-fold.js";
import { extremes } from "./extremes.js";
import { fuse } from "./fuse.js";
import { moments } from "./moments.js";
import { textCounts } from "./text-counts.js";

const fields = [field("x", "float64"), field("t", "timestamp"), field("s", "string"), field("w", "float32")];
/** Weighted values whose sums do not cancel to nothing. */
const moderate = (rows: number, random: () => number) =>
  createFrame(
    [fields[0]!, fields[3]!],
    [numberColumn("float64", Array.from({ length: rows }, () => (random() < 0.1 ? NaN : random() < 0.05 ? Infinity : 1000 + random()))), numberColumn("float32", Array.from({ length: rows }, random))],
    rows,
  );

describeFold({ name: "moments", fields, create: () => moments("x"), frame: moderate, tolerance: 1e-8 });
describeFold({ name: "weighted moments", fields, create: () => moments("x", "w"), frame: moderate, tolerance: 1e-8 });
describeFold({ name: "extremes", fields, create: () => extremes("x") });
describeFold({ name: "text counts", fields, create: () => textCounts("s") });
describeFold({ name: "fused folds", fields, create: () => fuse({ times: extremes("t"), texts: textCounts("s") }) });

const frame = createFrame(
  [field("x", "float32"), field("s", "string"), field("w", "int32")],
  [numberColumn("float32", [1, 2, null, 4, Infinity]), textColumn(["b", "\u{1F600}", "\uFF5E", null, "b"]), numberColumn("int32", [1, 1, 5, 2, 9])],
  5,
);

test("moments skip what is missing or infinite, and weigh", () => {
  const fold = moments("x", "w");
  expect(fold.finish(fold.add(fold.start(), frame))).toEqual({ count: 3, missing: 1, infinite: 1, weight: 4, mean: 2.75, variance: 1.6875 });
  expect(fold.finish(fold.start())).toMatchObject({ count: 0, mean: NaN, variance: NaN });
});

test("moments keep the digits of a small spread at a great offset", () => {
  const fold = moments("x");
  const epochs = createFrame([field("x", "float64")], [numberColumn("float64", [1.7e12, 1.7e12 + 1, 1.7e12 + 2])], 3);
  expect(fold.finish(fold.add(fold.start(), epochs)).variance).toBeCloseTo(2 / 3, 12);
});

test("extremes are finite, or null", () => {
  const fold = extremes("x");
  expect(fold.finish(fold.add(fold.start(), frame))).toEqual({ minimum: 1, maximum: 4, count: 3, missing: 1, infinite: 1 });
  expect(fold.finish(fold.start())).toEqual({ minimum: null, maximum: null, count: 0, missing: 0, infinite: 0 });
});

test("texts are counted in the order of code points", () => {
  const fold = textCounts("s");
  const { counts, missing } = fold.finish(fold.add(fold.start(), frame));
  expect([...counts]).toEqual([["b", 2], ["\uFF5E", 1], ["\u{1F600}", 1]]);
  expect(missing).toBe(1);
});
