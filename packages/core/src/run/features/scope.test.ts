import { expect, it } from "vitest";
import type { Transform } from "../../contracts/transform.js";
import { field } from "../../frame/frame.js";
import { placeTransforms, rawSlots } from "./scope.js";

const passing = (results: (names: readonly string[]) => readonly string[]): Transform => ({
  learnsFrom: "inputs",
  fields: (input) => results(input.map(({ name }) => name)).map((name) => field(name, "float32")),
  fit: () => ({ start: () => null, add: () => null, merge: () => null, finish: () => null }),
  lower: (_, input) => input,
});
const use = (from: readonly string[], as: string | null = null) => ({ use: { kind: "transform" as const, name: "t", with: {} }, from, as });
const raw = rawSlots([field("a", "float64"), field("b", "float64")]);

it("gives a later transform what an earlier one left under a name", () => {
  const { placed, slots, depth } = placeTransforms(raw, [{ use: use(["a"]), transform: passing((names) => names) }, { use: use(["a"], "c"), transform: passing((names) => names) }], "features");
  expect(placed.map(({ inputs }) => inputs.map(({ id }) => id))).toEqual([["a"], ["0:a"]]);
  expect([...slots.keys()]).toEqual(["a", "b", "c"]);
  expect(depth).toBe(2);
});

it("takes out of scope what a transform reads that promises nothing", () => {
  const dropping = { use: use(["a"]), transform: passing(() => []) };
  const { slots } = placeTransforms(raw, [{ use: use(["a"]), transform: passing((names) => names) }, dropping], "features");
  expect([...slots.keys()]).toEqual(["b"]);
  expect(() => placeTransforms(raw, [dropping, { use: use(["a"]), transform: passing((names) => names) }], "features")).toThrow(expect.objectContaining({ code: "FEATURE_NO_COLUMN" }));
});
