import { fromRows, field, type DType, type Json } from "@millrace/core";
import { describe, expect, it } from "vitest";
import { factsOf } from "./column-facts.js";
import { isSkewed, roleOf } from "./column-role.js";

function factsOfValues(values: readonly Json[], dtype: DType = "string", name = "column") {
  return factsOf(fromRows([field(name, dtype)], values.map((value) => ({ [name]: value }))))[0]!;
}

const times = (count: number, value: (index: number) => Json): readonly Json[] => Array.from({ length: count }, (_, index) => value(index));
const role = (values: readonly Json[], dtype?: DType, name?: string) => roleOf(factsOfValues(values, dtype, name));

describe("columns that are no feature", () => {
  it.each([
    ["no value at all", times(50, () => ""), "string", "x", "empty"],
    ["one value", times(50, () => "a"), "string", "x", "constant"],
    ["one value or none", times(50, (i) => (i % 2 ? "a" : null)), "string", "x", "constant"],
    ["values in one row of thirty", times(90, (i) => (i % 30 ? null : String(i))), "string", "x", "mostly-missing"],
    ["whole numbers that are all different, named as an id", times(50, (i) => (i * 7919) % 1000), "int64", "order_id", "id"],
    ["1, 2, 3, whatever the name", times(50, (i) => i + 1), "int64", "position", "id"],
    ["ids that recur", times(200, (i) => `c${i % 60}`), "string", "customerId", "id"],
    ["a text of its own in every row", times(50, (i) => `Name ${i}`), "string", "who", "name"],
    ["e-mail addresses", times(50, (i) => `u${i % 30}@example.org`), "string", "contact", "personal"],
    ["what its name calls personal", times(50, (i) => `+49 ${i % 30}`), "string", "Phone number", "personal"],
  ] as const)("%s", (_, values, dtype, name, what) => {
    expect(role(values, dtype, name)).toMatchObject({ kind: "ignored", what, why: expect.stringMatching(/\S/) });
  });

  it("are never those with few values, and never floats that happen to differ", () => {
    expect(role(times(50, (i) => `c${i % 4}`), "string", "customer_id").kind).toBe("category");
    expect(role(times(50, (i) => i + 0.5), "float64", "weight").kind).toBe("number");
    expect(role(times(50, (i) => (i * 7919) % 1000), "int64", "votes").kind).toBe("number");
    expect(role(times(50, (i) => (i * 37) % 50), "int64", "paid").kind).toBe("number");
  });
});

describe("columns that are features", () => {
  it.each([
    ["few texts", times(100, (i) => ["red", "green", "blue"][i % 3]), "string", "colour", { kind: "category", isWide: false }],
    ["many texts", times(1000, (i) => `city ${i % 200}`), "string", "city", { kind: "category", isWide: true }],
    ["numbers that are names", times(100, (i) => 10115 + (i % 9)), "int32", "Zip code", { kind: "category", isWide: false }],
    ["ids that recur often, as those of places do", times(5000, (i) => 1 + (i % 200)), "int32", "location_id", { kind: "category", isWide: true }],
    ["booleans", times(100, (i) => i % 3 === 0), "bool", "active", { kind: "category", isWide: false }],
    ["booleans as text", times(100, (i) => (i % 3 ? "yes" : "no")), "string", "active", { kind: "category", isWide: false }],
    ["numbers", times(100, (i) => i % 17), "float64", "size", { kind: "number", isSkewed: false }],
    ["times", times(100, (i) => new Date(i * 86_400_000).toISOString()), "timestamp", "day", { kind: "time", formats: null }],
    ["dates as text", times(100, (i) => `${(i % 28) + 1}.${(i % 12) + 1}.2020`), "string", "day", { kind: "time", formats: { formats: ["%d.%m.%Y"] } }],
    ["sentences", times(100, (i) => `The ${i}th bird flew over the fence and was not seen again`), "string", "remark", { kind: "text" }],
  ] as const)("%s", (_, values, dtype, name, expected) => {
    expect(role(values, dtype, name)).toMatchObject(expected);
  });
});

it("finds long tails, of mostly equal numbers too", () => {
  const skewed = (values: readonly number[]) => isSkewed(factsOfValues(values, "float64").numbers!);
  expect(skewed(Array.from({ length: 1000 }, (_, i) => Math.sin(i) + Math.cos(3 * i)))).toBe(false);
  expect(skewed(Array.from({ length: 1000 }, (_, i) => Math.exp(i / 100)))).toBe(true);
  expect(skewed(Array.from({ length: 1000 }, (_, i) => (i % 100 === 0 ? 500 : 0)))).toBe(true);
});
