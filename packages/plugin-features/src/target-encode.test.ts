import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field, seeded, slice, type Frame } from "@millrace/core";
import { apply, create, frame, learn, reference, runtimes } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";
import { targetEncode, type TargetEncodeState } from "./target-encode.js";

const city = field("city", "string");
const number = field("$target", "float64");
const classes = { ...field("$target", "int32"), categories: ["a", "b", "c"] };

describeTransform({
  name: "target-encode",
  fields: [city],
  target: number,
  create: () => targetEncode({ smoothing: 10 }),
  runtimes,
  tolerance: 1e-12,
  frame: (rows, random) => frame({ city: { dtype: "string", values: Array.from({ length: rows }, () => [null, "x", "y", "z"][Math.floor(random() * 4)]!) }, $target: { dtype: "float64", values: Array.from({ length: rows }, () => (random() < 0.1 ? null : random() * 1000)) }, $weight: { dtype: "float64", values: Array.from({ length: rows }, random) } }),
});

describeTransform({
  name: "target-encode of classes",
  fields: [{ ...city, dtype: "int32", categories: ["x", "y", "z"] }],
  target: classes,
  create: () => targetEncode({ smoothing: 0 }),
  runtimes,
  frame: (rows, random) => frame({ city: { dtype: "int32", values: Array.from({ length: rows }, () => Math.floor(random() * 5)) }, $target: { dtype: "int32", values: Array.from({ length: rows }, () => Math.floor(random() * 3)) } }),
});

it("equals the formula in numpy: binary, and a weighted number with missing targets", async () => {
  const binary = await apply(await create("target-encode"), ["city"], frame({ city: reference.city, $target: reference.binary }), undefined, number);
  expectClose(binary.numbers("city"), reference.targetBinary);
  const weighted = frame({ city: reference.city, $target: reference.amount, $weight: reference.weight });
  expectClose((await apply(await create("target-encode", { smoothing: 3 }), ["city"], weighted, undefined, number)).numbers("city"), reference.targetAmount);
});

it("gives a share per class where there are several", async () => {
  const table = frame({ city: reference.city, $target: { dtype: "int32", values: reference.classes } });
  const { fields, numbers } = await apply(await create("target-encode"), ["city"], table, undefined, classes);
  expect(fields[0]!.shape).toEqual([3]);
  expectClose(numbers("city"), reference.city.flatMap((_, row) => reference.targetClasses.map((share) => share[row]!)));
});

it("gives missing and unseen categories the mean", async () => {
  const train = frame({ city: ["a", "a", "b", null], $target: [1, 0, 1, 1] });
  const { numbers } = await apply(await create("target-encode", { smoothing: 0 }), ["city"], train, frame({ city: ["a", "b", null, "new"] }), number);
  expectClose(numbers("city"), [0.5, 1, 0.75, 0.75]);
});

it("encodes categories by their codes", async () => {
  const codes = { ...field("c", "int32"), categories: ["x", "y", "z"] };
  const transform = await create("target-encode", { smoothing: 0 });
  const state = learn(transform.fit([codes], number), frame({ c: { dtype: "int32", values: [0, 0, 1, 3, 4] }, $target: [1, 0, 1, 1, 1] }));
  expect(state).toEqual({ prior: Float64Array.of(0.8), columns: [{ categories: ["x", "y"], encodings: Float64Array.of(0.5, 1) }] });
});

it("shows no signal of a random category to rows that it did not learn from", async () => {
  const random = seeded(5);
  const rows = 4000;
  const leak = frame({ city: Array.from({ length: rows }, () => `id${Math.floor(random() * 1000)}`), $target: Array.from({ length: rows }, () => (random() < 0.5 ? 1 : 0)) });
  const fold = targetEncode({ smoothing: 1 }).fit([city], number);
  const part = (at: number) => slice(leak, (at * rows) / 5, ((at + 1) * rows) / 5);
  const partials = () => [0, 1, 2, 3, 4].map((at) => fold.add(fold.start(), part(at)));
  const inSample = correlation(encodingsOf(fold.finish(fold.add(fold.start(), leak)), leak), leak);
  expect(inSample).toBeGreaterThan(0.4);
  const outOfFold = [0, 1, 2, 3, 4].flatMap((own) => {
    const others = partials().filter((_, at) => at !== own).reduce((left, right) => fold.merge(left, right), fold.start());
    return encodingsOf(fold.finish(others), part(own));
  });
  expect(Math.abs(correlation(outOfFold, leak))).toBeLessThan(3 / Math.sqrt(rows));
});

function encodingsOf({ prior, columns: [column] }: TargetEncodeState, rows: Frame): number[] {
  const { codes, dictionary } = rows.column("city") as { codes: Int32Array; dictionary: readonly string[] };
  const position = new Map(column!.categories.map((name, index) => [name, index]));
  return Array.from(codes, (code) => column!.encodings[position.get(dictionary[code]!) ?? -1] ?? prior[0]!);
}

function correlation(encoded: readonly number[], rows: Frame): number {
  const target = Array.from((rows.column("$target") as { values: Float64Array }).values);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const product = (left: readonly number[], right: readonly number[]) => mean(left.map((value, index) => value * right[index]!)) - mean(left) * mean(right);
  return product(encoded, target) / Math.sqrt(product(encoded, encoded) * product(target, target));
}

it("needs a target, and its classes", async () => {
  const transform = await create("target-encode");
  expect(() => transform.fit([city], null)).toThrow(expect.objectContaining({ code: "TRANSFORM_TARGET" }));
  expect(() => transform.fit([city], field("$target", "int32"))).toThrow(/classes/);
  expect(() => transform.fields([field("x", "float32")])).toThrow(/"x"/);
});
