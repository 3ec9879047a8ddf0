import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, runtimes } from "../fixtures/apply.js";
import { drop } from "./drop.js";
import { rename } from "./rename.js";
import { select } from "./select.js";

const fields = [field("x", "float64"), field("k", "int32"), field("t", "string"), { ...field("code", "int32"), categories: ["x", "y"] }, field("v", "float32", { shape: [2] })];

describeTransform({ name: "select", fields, create: select, runtimes });
describeTransform({ name: "rename", fields: fields.slice(0, 2), create: () => rename({ to: ["k", "y"] }), runtimes });

it("passes columns on as they are", async () => {
  const { fields: found, numbers } = await apply(await create("select"), ["x", "k"], frame({ x: [0.5, null], k: { dtype: "int32", values: [3, null] } }));
  expect(found.map(({ name, dtype }) => [name, dtype])).toEqual([["x", "float32"], ["k", "float32"]]);
  expect([numbers("x"), numbers("k")]).toEqual([[0.5, NaN], [3, NaN]]);
});

it("renames, and gives the old names no longer", async () => {
  const transform = await create("rename", { to: ["price"] });
  expect(transform.fields([field("x", "float64")]).map(({ name }) => name)).toEqual(["price", "x"]);
  const { fields: found, numbers } = await apply(transform, ["x"], frame({ x: [1, 2] }));
  expect(found.map(({ name }) => name)).toEqual(["price"]);
  expect(numbers("price")).toEqual([1, 2]);
});

it("swaps two names", async () => {
  const { numbers } = await apply(await create("rename", { to: ["b", "a"] }), ["a", "b"], frame({ a: [1], b: [2] }));
  expect([numbers("a"), numbers("b")]).toEqual([[2], [1]]);
});

it("drops by promising nothing, whatever the columns are", () => {
  expect(drop().fields([...fields, field("at", "timestamp"), field("image", "bytes")])).toEqual([]);
});

it("refuses times, and names that are too few", async () => {
  expect(() => select().fields([field("at", "timestamp")])).toThrow(/"at"/);
  expect(() => rename({ to: ["a"] }).fields([field("x", "float64"), field("y", "float64")])).toThrow(/2 columns and 1 names/);
});
