import { array, assert, constantFrom, property, string } from "fast-check";
import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, run, runtimes } from "../fixtures/apply.js";
import { cross } from "./cross.js";
import { crossedNames, crossName } from "./cross-name.js";

const two = [field("a", "string"), { ...field("b", "int32"), categories: ["x", "y"] }];

const many = [field("a", "string"), field("b", "string"), field("c", "string")];

/** Each of three columns draws from 80 texts. */
function wide(rows: number, random: () => number) {
  const draw = () => ({ dtype: "string" as const, values: Array.from({ length: rows }, () => (random() < 0.1 ? null : `v${Math.floor(random() * 80)}`)) });
  return frame({ a: draw(), b: draw(), c: draw() });
}

describeTransform({
  name: "cross",
  fields: two,
  create: () => cross({ minCount: 1, maxCategories: null, other: null }),
  runtimes,
  frame: (rows, random) => frame({ a: { dtype: "string", values: Array.from({ length: rows }, () => [null, "p", "q×"][Math.floor(random() * 3)]!) }, b: { dtype: "int32", values: Array.from({ length: rows }, () => Math.floor(random() * 4)) } }),
});

describeTransform({ name: "cross of what no table holds", fields: many, create: () => cross({ minCount: 1, maxCategories: null, other: null }), runtimes, frame: wide });

it("names combinations so that none is another", () => {
  assert(
    property(array(string({ unit: constantFrom("×", "\\", "a", "é") }), { minLength: 1, maxLength: 4 }), (names) => {
      expect(crossedNames(crossName(names))).toEqual(names);
    }),
    { seed: 1 },
  );
  expect(crossName(["a×", "b"])).not.toBe(crossName(["a", "×b"]));
  expect(crossName(["JFK", "LAX"])).toBe("JFK×LAX");
});

const train = frame({ origin: ["JFK", "JFK", "LAX", null, "SFO"], destination: ["LAX", "SFO", "JFK", "SFO", null] });
const rows = frame({ origin: ["JFK", "LAX", "LAX", null, "JFK", "XXX", "SFO", null], destination: ["SFO", "JFK", "SFO", "JFK", null, "LAX", "LAX", "XXX"] });

it("gives the code of the combination; missing where a part is, unseen where it was not seen", async () => {
  const { fields, names } = await apply(await create("cross"), ["origin", "destination"], train, rows);
  expect(fields[0]).toMatchObject({ name: "origin_x_destination", dtype: "int32", categories: ["JFK×LAX", "JFK×SFO", "LAX×JFK"] });
  expect(names("origin_x_destination")).toEqual(["JFK×SFO", "LAX×JFK", undefined, null, null, undefined, undefined, null]);
});

it("crosses three columns, and keeps the frequent", async () => {
  const three = frame({ a: ["p", "p", "q"], b: ["x", "x", "x"], c: ["1", "1", "2"] });
  expect((await apply(await create("cross", { minCount: 2 }), ["a", "b", "c"], three)).names("a_x_b_x_c")).toEqual(["p×x×1", "p×x×1", undefined]);
});

it("looks up by key what no table holds", async () => {
  const many = 600;
  const values = Array.from({ length: many }, (_, index) => `v${index}`);
  const wide = frame({ a: values, b: values.toReversed() });
  const { names } = await apply(await create("cross"), ["a", "b"], wide, frame({ a: ["v0", "v1", null, "v2"], b: ["v599", "v599", "v0", null] }));
  expect(names("a_x_b")).toEqual(["v0×v599", undefined, null, null]);
});

it("crosses categories on their codes", async () => {
  const codes = { ...field("b", "int32"), categories: ["x", "y"] };
  const transform = await create("cross");
  const fold = transform.fit([codes, { ...codes, name: "c" }], null);
  const values = { dtype: "int32" as const, values: [0, 1, 1, 2, 3] };
  expect(fold.finish(fold.add(fold.start(), frame({ b: values, c: values })))).toEqual({ parts: [null, null], kept: ["x×x", "y×y"], other: null });
});

it("refuses one column, and numbers", async () => {
  const transform = await create("cross");
  expect(() => transform.fields([field("a", "string")])).toThrow(/two or more/);
  expect(() => transform.fields([field("a", "string"), field("d", "float32")])).toThrow(/"d"/);
  expect(() => transform.fit([field("a", "string"), field("d", "int32")], null)).toThrow(/"d"/);
});

it("lowers a state of nothing seen", async () => {
  const transform = await create("cross");
  const input = [field("a", "string"), field("b", "string")];
  const { numbers } = await run(transform, { parts: [[], []], kept: [], other: null }, input, frame({ a: ["x", null], b: ["y", "y"] }));
  expect(numbers("a_x_b")).toEqual([1, 0]);
});
