import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, runtimes } from "../fixtures/apply.js";
import { rename } from "./rename.js";
import { renameOptions } from "./rename.options.js";

describeTransform({ name: "rename", fields: [field("x", "float64"), field("k", "int32")], create: () => rename({ to: ["k", "y"] }), runtimes });
describeTransform({ name: "rename of text and categories", fields: [field("t", "string"), { ...field("code", "int32"), categories: ["x", "y"] }], create: () => rename({ to: ["a", "b"] }), runtimes });

it("renames, and gives the old names no longer", async () => {
  const transform = await create("rename", { to: ["price"] });
  expect(transform.fields([field("x", "float64")]).map(({ name }) => name)).toEqual(["price"]);
  expect(transform.replaces).toBe(true);
  const { fields: found, numbers } = await apply(transform, ["x"], frame({ x: [1, 2] }));
  expect(found.map(({ name }) => name)).toEqual(["price"]);
  expect(numbers("price")).toEqual([1, 2]);
});

it("swaps two names", async () => {
  const { numbers } = await apply(await create("rename", { to: ["b", "a"] }), ["a", "b"], frame({ a: [1], b: [2] }));
  expect([numbers("a"), numbers("b")]).toEqual([[2], [1]]);
});

it("refuses names that are too few, or twice, and times", () => {
  expect(() => rename({ to: ["a"] }).fields([field("x", "float64"), field("y", "float64")])).toThrow(/2 columns and 1 names/);
  expect(() => rename({ to: ["a"] }).fields([field("at", "timestamp")])).toThrow(/"at"/);
  expect(renameOptions.safeParse({ to: ["a", "a"] }).success).toBe(false);
  expect(renameOptions.safeParse({ to: ["$target"] }).success).toBe(false);
});
