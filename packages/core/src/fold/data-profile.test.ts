import { expect, test } from "vitest";
import { createFrame, field } from "../frame/frame.js";
import { bytesColumn, numberColumn } from "../frame/columns.js";
import { textColumn } from "../frame/text-column.js";
import { numbered } from "../run/data/numbered.js";
import { describeFold } from "../testkit/describe-fold.js";
import { randomFrame } from "../testkit/random-frame.js";
import { dataProfile } from "./data-profile.js";
import { distinctNumbers } from "./distinct-numbers.js";
import { distinctTexts } from "./distinct-texts.js";

const fields = [field("t", "timestamp"), field("s", "string"), field("b", "bool"), field("y", "bytes"), field("i", "int32")];

/** Made-up rows, numbered from anywhere. */
const rows = (count: number, random: () => number) => numbered(randomFrame(fields, count, random), Math.floor(random() * 1e6));

describeFold({ name: "the profile of data", fields, create: () => dataProfile(fields, []), frame: rows, tolerance: 1e-8 });
describeFold({ name: "the profile of data from a sample of few rows", fields, create: () => dataProfile(fields, ["t"], 9), frame: rows, tolerance: 1e-8 });
describeFold({ name: "the profile of masked data", fields, create: () => dataProfile(fields, fields.map(({ name }) => name)), frame: rows });
describeFold({ name: "a count of few distinct numbers", fields, create: () => distinctNumbers("i", 12) });
describeFold({ name: "counts of few distinct texts", fields, create: () => distinctTexts("s", 7) });

const frame = numbered(createFrame(
  [field("x", "float64"), field("s", "string"), field("b", "bool"), field("y", "bytes")],
  [numberColumn("float64", [0, -0, 1, null, Infinity, 10]), textColumn(["Ann", "Bob", "Ann", null, "", "<b>"]), numberColumn("bool", [1, 0, 1, null, 1, 1]), bytesColumn([null, ...Array.from({ length: 5 }, () => Buffer.from("x"))])],
  6,
), 0);
const profileOf = (name: string, masked = false) => {
  const fold = dataProfile(frame.fields, masked ? [name] : []);
  return fold.finish(fold.add(fold.start(), frame))[frame.fields.findIndex((one) => one.name === name)];
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
