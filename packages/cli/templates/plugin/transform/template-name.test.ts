import { field, fromRows } from "@millrace/core";
import { describeTransform } from "@millrace/core/testkit";
import { onnxRuntimes } from "@millrace/plugin-onnx";
import { expect, it } from "vitest";
import { createTemplateName } from "./template-name.js";

const fields = [field("price", "float64"), field("rooms", "int32")];

describeTransform({
  name: "template-name",
  create: () => createTemplateName({ deviations: 2 }),
  fields,
  frame: (rows, random) => fromRows(fields, Array.from({ length: rows }, () => ({ price: random() < 0.2 ? null : 1e5 * random(), rooms: Math.floor(9 * random()) }))),
  tolerance: 1e-12,
  runtimes: onnxRuntimes,
});

it("learns mean and variance", () => {
  const fold = createTemplateName({ deviations: 2 }).fit(fields, null);
  const frame = fromRows(fields, [{ price: 1, rooms: 1 }, { price: 3, rooms: 1 }, { price: null, rooms: 1 }]);
  expect(fold.finish(fold.add(fold.start(), frame))["price"]).toMatchObject({ mean: 2, variance: 1, missing: 1 });
});

it("takes no texts", () => {
  expect(() => createTemplateName({ deviations: 2 }).fields([field("city", "string")])).toThrow(expect.objectContaining({ code: "TRANSFORM_INPUT" }));
});
