import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, learn, reference, runtimes } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";
import { selectByInformation, type InformationState } from "./select-by-information.js";

const target = field("$target", "float64");
const classes = field("$target", "int32", { categories: ["a", "b", "c"] });
const fields = [field("x", "float64"), field("t", "string"), { ...field("code", "int32"), categories: ["x", "y"] }];

describeTransform({
  name: "select-by-information",
  // What goes on as text is no feature of its own; the numbers are what runtimes compare.
  fields: [fields[0]!, fields[2]!],
  target,
  create: () => selectByInformation({ most: null, atLeast: 0, buckets: 4 }),
  runtimes,
  tolerance: 1e-12,
  frame: (rows, random) => frame({ x: { dtype: "float64", values: Array.from({ length: rows }, () => (random() < 0.1 ? null : random())) }, code: { dtype: "int32", values: Array.from({ length: rows }, () => Math.floor(random() * 4)) }, $target: { dtype: "float64", values: Array.from({ length: rows }, () => (random() < 0.5 ? 1 : 0)) } }),
});

it("measures what mutual_info_score of scikit-learn does", async () => {
  const train = frame({ city: reference.city, x: reference.skewed[0]!, $target: reference.binary });
  const binary = learn((await create("select-by-information", { buckets: 4 })).fit([field("city", "string"), field("x", "float64")], target), train) as InformationState;
  expectClose(binary.informations, [reference.information.cityBinary, reference.information.binsBinary], 1e-12);
  const three = learn((await create("select-by-information")).fit([field("city", "string")], classes), frame({ city: reference.city, $target: { dtype: "int32", values: reference.classes } })) as InformationState;
  expectClose(three.informations, [reference.information.cityClasses], 1e-12);
});

const random = (() => {
  let state = 7;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
})();
const rows = 4000;
const y = Array.from({ length: rows }, () => random());
const train = frame({
  noise: y.map(() => random()),
  parabola: y.map((value) => (value - 0.5) ** 2 + 0.01 * random()),
  group: y.map((value) => (value > 0.3 ? "high" : "low")),
  $target: y,
});

it("finds what depends on the target, straight or not, and leaves noise out", async () => {
  const names = async (options: object) => (await apply(await create("select-by-information", options), ["noise", "parabola"], train, train, target)).fields.map(({ name }) => name);
  expect(await names({ atLeast: 0.02 })).toEqual(["parabola"]);
  expect(await names({ most: 1 })).toEqual(["parabola"]);
  const state = learn((await create("select-by-information", { most: 2 })).fit([field("noise", "float64"), field("parabola", "float64"), field("group", "string")], target), train);
  expect((state as InformationState).kept).toEqual([false, true, true]);
  expect((state as InformationState).remarks).toEqual([{ about: "training", sentence: expect.stringMatching(/^`select-by-information` left out 1 of 3 columns: `noise` \(tells -?0\.00\d+ nats of the target beyond chance\)\.$/) }]);
});

it("keeps one column in any case, and passes over rows without a target", async () => {
  const { kept } = learn((await create("select-by-information", { atLeast: 5 })).fit([field("noise", "float64"), field("parabola", "float64")], target), train) as InformationState;
  expect(kept).toEqual([false, true]);
  const gaps = learn((await create("select-by-information")).fit([field("x", "float64")], target), frame({ x: [1, 2, 3], $target: { dtype: "float64", values: [1, null, 0] } })) as InformationState;
  expectClose(gaps.informations, [Math.log(2)], 1e-12);
});

it("refuses a model without a target", async () => {
  const transform = await create("select-by-information");
  expect(() => transform.fit([field("x", "float64")], null)).toThrow(expect.objectContaining({ code: "TRANSFORM_TARGET" }));
});
