import { expect, test } from "vitest";
import { createFrame, field } from "../frame/frame.js";
import { bytesColumn, numberColumn } from "../frame/columns.js";
import { textColumn } from "../frame/text-column.js";
import { numbered } from "../run/data/numbered.js";
import { describeFold } from "../testkit/describe-fold.js";
import { randomFrame } from "../testkit/random-frame.js";
import { columnProfile } from "./column-profile.js";
import { distinctNumbers } from "./distinct-numbers.js";
import { distinctTexts } from "./distinct-texts.js";
import { rowSample } from "./row-sample.js";

const fields = [field("t", "timestamp"), field("s", "string"), field("b", "bool"), field("y", "bytes"), field("i", "int32")];

/** Made-up rows, numbered from anywhere. */
const rows = (count: number, random: () => number) => numbered(randomFrame(fields, count, random), Math.floor(random() * 1e6));

for (const one of fields) describeFold({ name: `the profile of a ${one.dtype} column`, fields, create: () => columnProfile(one, false), frame: rows, tolerance: 1e-8 });
describeFold({ name: "the profile of a masked column", fields, create: () => columnProfile(field("s", "string"), true), frame: rows });
describeFold({ name: "a sample of few rows", fields, create: () => rowSample("i", 9), frame: rows });
describeFold({ name: "a count of few distinct numbers", fields, create: () => distinctNumbers("i", 12) });
describeFold({ name: "counts of few distinct texts", fields, create: () => distinctTexts("s", 7) });

const frame = numbered(createFrame(
  [field("x", "float64"), field("s", "string"), field("b", "bool"), field("y", "bytes")],
  [numberColumn("float64", [0, -0, 1, null, Infinity, 10]), textColumn(["Ann", "Bob", "Ann", null, "", "<b>"]), numberColumn("bool", [1, 0, 1, null, 1, 1]), bytesColumn([null, ...Array.from({ length: 5 }, () => Buffer.from("x"))])],
  6,
), 0);
const profileOf = (name: string, masked = false) => {
  const fold = columnProfile(frame.fields.find((one) => one.name === name)!, masked);
  return fold.finish(fold.add(fold.start(), frame));
};

test("numbers have a range, quantiles and a histogram of what is finite", () => {
  expect(profileOf("x")).toMatchObject({ kind: "number", rows: 6, missing: 1, infinite: 1, distinct: 3, range: { minimum: 0, maximum: 10, mean: 2.75 }, histogram: [0.75, 0, 0.25] });
  expect(profileOf("x")).toHaveProperty("quantiles[3]", 0.5);
});

test("texts and truths are counted, the most frequent first", () => {
  expect(profileOf("s")).toEqual({ kind: "text", dtype: "string", rows: 6, missing: 2, distinct: 3, lengths: [3, 3], top: [{ value: "Ann", rows: 2 }, { value: "<b>", rows: 1 }, { value: "Bob", rows: 1 }] });
  expect(profileOf("b")).toMatchObject({ missing: 1, distinct: 2, top: [{ value: "true", rows: 4 }, { value: "false", rows: 1 }] });
});

test("beyond what is counted there is no number of distinct values, and no top", () => {
  const [numbers, texts] = [distinctNumbers("x", 2), distinctTexts("s", 2)];
  expect(numbers.finish(numbers.add(numbers.start(), frame))).toBeNull();
  expect(texts.finish(texts.add(texts.start(), frame))).toMatchObject({ rows: 6, missing: 2, distinct: null, counts: null });
});

test("a masked column gives away nothing but how much there is", () => {
  expect(profileOf("x", true)).toEqual({ kind: "masked", dtype: "float64", rows: 6, missing: 1, distinct: 3 });
  expect(profileOf("s", true)).toEqual({ kind: "masked", dtype: "string", rows: 6, missing: 2, distinct: 3 });
  expect(profileOf("y", true)).toEqual({ kind: "masked", dtype: "bytes", rows: 6, missing: 1, distinct: null });
});

test("a sample holds all rows while they are few, and beyond a random half or less, whichever parts they come in", () => {
  const fold = rowSample("x", 100);
  const numbers = (from: number, to: number) => numbered(createFrame([field("x", "float64")], [numberColumn("float64", Array.from({ length: to - from }, (_, at) => from + at))], to - from), from);
  const whole = (to: number) => [...fold.finish(fold.add(fold.start(), numbers(0, to)))];
  expect(whole(100)).toEqual(Array.from({ length: 100 }, (_, at) => at));
  const sample = whole(100_000);
  expect(sample.length).toBeGreaterThan(30);
  expect(sample.length).toBeLessThanOrEqual(100);
  expect(sample.reduce((sum, value) => sum + value, 0) / sample.length / 100_000).toBeCloseTo(0.5, 0);
  expect([...fold.finish(fold.merge(fold.add(fold.start(), numbers(0, 90_000)), fold.add(fold.start(), numbers(90_000, 100_000))))]).toEqual(sample);
});
