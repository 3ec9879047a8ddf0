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
const renaming = (to: readonly string[]): Transform => ({ ...passing(() => to), replaces: true });
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

it("takes out of scope what a transform reads and replaces, but for names that it gives anew", () => {
  const { slots } = placeTransforms(raw, [{ use: use(["a", "b"]), transform: renaming(["c", "a"]) }], "features");
  expect([...slots].map(([name, { id }]) => [name, id])).toEqual([["c", "0:c"], ["a", "0:a"]]);
  const gone = [{ use: use(["a"]), transform: renaming(["c"]) }, { use: use(["a"]), transform: passing((names) => names) }];
  expect(() => placeTransforms(raw, gone, "features")).toThrow(expect.objectContaining({ code: "FEATURE_NO_COLUMN", facts: { column: "a" } }));
});

it("refuses a name that a column has which is not read, or an earlier feature, until it is out of scope", () => {
  const made = (name: string) => ({ use: use(["a"], name), transform: passing((names) => names) });
  expect(() => placeTransforms(raw, [made("b")], "features")).toThrow(expect.objectContaining({ code: "FEATURE_NAME", message: 'features[0] (t) gives "b", a name that a column of the data has.' }));
  expect(() => placeTransforms(raw, [made("c"), made("c")], "features")).toThrow(expect.objectContaining({ code: "FEATURE_NAME", message: 'features[1] (t) gives "c", a name that an earlier feature has.' }));
  const { slots } = placeTransforms(raw, [{ use: use(["b"]), transform: passing(() => []) }, made("b")], "features");
  expect(slots.get("b")!.id).toBe("1:b");
});
