import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, reference, runtimes } from "../fixtures/apply.js";
import { missingIndicator } from "./missing-indicator.js";

describeTransform({
  name: "missing-indicator",
  fields: [field("a", "float32"), field("t", "string"), field("at", "timestamp"), field("yes", "bool"), { ...field("code", "int32"), categories: ["x", "y"] }],
  create: () => missingIndicator({ columns: "all" }),
  runtimes,
});

it("equals MissingIndicator of scikit-learn", async () => {
  const [a, b, c, none] = reference.numbers;
  const { numbers } = await apply(await create("missing-indicator"), ["a", "b", "c", "none"], frame({ a: a!, b: b!, c: c!, none: none! }));
  ["a", "b", "c", "none"].forEach((name, index) => expect(numbers(`${name}_missing`)).toEqual(reference.missingIndicator[index]));
});

it("tells missing from unseen in text, and keeps to what was missing in training where asked", async () => {
  const train = frame({ t: ["a", null], x: [1, 2], at: { dtype: "timestamp", values: [null, 0] } });
  const { fields, numbers } = await apply(await create("missing-indicator", { columns: "seen" }), ["t", "x", "at"], train, frame({ t: ["new", null], x: [null, 1], at: { dtype: "timestamp", values: [5, null] } }));
  expect(fields.map(({ name }) => name)).toEqual(["t_missing", "at_missing"]);
  expect(numbers("t_missing")).toEqual([0, 1]);
  expect(numbers("at_missing")).toEqual([0, 1]);
});

it("knows the missing code of a category", async () => {
  const code = { ...field("c", "int32"), categories: ["x", "y"] };
  const fold = (await create("missing-indicator", { columns: "seen" })).fit([code], null);
  const seen = (values: number[]) => fold.finish(fold.add(fold.start(), frame({ c: { dtype: "int32", values } })));
  expect(seen([0, 1, 3])).toEqual({ seen: [false] });
  expect(seen([0, 2])).toEqual({ seen: [true] });
});

it("refuses bytes", async () => {
  const transform = await create("missing-indicator");
  expect(() => transform.fields([field("image", "bytes")])).toThrow(/"image"/);
});
