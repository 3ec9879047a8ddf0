import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, runtimes } from "../fixtures/apply.js";
import { select } from "./select.js";

const fields = [field("x", "float64"), field("k", "int32"), field("t", "string"), { ...field("code", "int32"), categories: ["x", "y"] }, field("v", "float32", { shape: [2] })];

describeTransform({ name: "select", fields, create: select, runtimes });

it("passes columns on as they are", async () => {
  const { fields: found, numbers } = await apply(await create("select"), ["x", "k"], frame({ x: [0.5, null], k: { dtype: "int32", values: [3, null] } }));
  expect(found.map(({ name, dtype }) => [name, dtype])).toEqual([["x", "float32"], ["k", "float32"]]);
  expect([numbers("x"), numbers("k")]).toEqual([[0.5, NaN], [3, NaN]]);
});

it("refuses times", () => {
  expect(() => select().fields([field("at", "timestamp")])).toThrow(/"at"/);
});
