import { field, fromRows, type DType, type Json } from "@millrace/core";
import { describe, expect, it } from "vitest";
import { factsOf } from "./column-facts.js";
import { targetCandidates } from "./target-candidates.js";
import { problemOf } from "./target-problem.js";

type Columns = Readonly<Record<string, readonly [DType, (row: number) => Json]>>;

function factsFor(columns: Columns, rows = 200) {
  const entries = Object.entries(columns);
  return factsOf(fromRows(entries.map(([name, [dtype]]) => field(name, dtype)), Array.from({ length: rows }, (_, row) => Object.fromEntries(entries.map(([name, [, value]]) => [name, value(row)])))));
}

const names = (columns: Columns) => targetCandidates(factsFor(columns)).map(({ name }) => name);
const problem = (dtype: DType, value: (row: number) => Json, name = "y") => problemOf(factsFor({ [name]: [dtype, value] })[0]!);

describe("the likeliest target", () => {
  it("is what its name says, wherever it stands", () => {
    expect(names({ churned: ["bool", (i) => i % 9 === 0], size: ["float64", (i) => i % 31], plan: ["string", (i) => `p${i % 3}`] })[0]).toBe("churned");
  });

  it("is the last column where no name tells", () => {
    expect(names({ a: ["float64", (i) => i % 13], b: ["float64", (i) => i % 29], c: ["float64", (i) => i % 31] })[0]).toBe("c");
  });

  it("is none that is missing in most rows, or says where or when", () => {
    expect(names({ rating: ["float64", (i) => (i % 10 ? null : i)], amount: ["float64", (i) => i % 29], latitude: ["float64", (i) => i % 31] })[0]).toBe("amount");
  });

  it("is no number that is nearly always the same", () => {
    expect(names({ tip: ["float64", (i) => i % 13], a: ["float64", (i) => i % 29], surcharge: ["float64", (i) => (i % 10 === 0 ? i : 2.5)] }).at(-1)).toBe("surcharge");
  });

  it("is no id, no time, no constant, no free text", () => {
    const columns: Columns = { id: ["int64", (i) => i], day: ["timestamp", (i) => new Date(i * 1e9).toISOString()], same: ["string", () => "x"], text: ["string", (i) => `many words that say something about row number ${i}`] };
    expect(names(columns)).toEqual([]);
  });
});

describe("the problem of a target", () => {
  it.each([
    ["yes and no: yes is positive, however frequent", "string", (i: number) => (i % 4 ? "yes" : "no"), { kind: "binary", positive: "yes", positiveShare: 0.75 }],
    ["Y and N", "string", (i: number) => (i % 4 ? "N" : "Y"), { kind: "binary", positive: "Y", positiveShare: 0.25 }],
    ["booleans", "bool", (i: number) => i % 4 === 0, { kind: "binary", positive: true, positiveShare: 0.25 }],
    ["0 and 1", "int32", (i: number) => Number(i % 4 === 0), { kind: "binary", positive: 1, positiveShare: 0.25 }],
    ["two other words: the rarer one", "string", (i: number) => (i % 4 ? "good" : "spoiled"), { kind: "binary", positive: "spoiled", positiveShare: 0.25 }],
    ["a few texts", "string", (i: number) => `class ${i % 4}`, { kind: "multiclass", classes: 4, rarestRows: 50, needsTask: false }],
    ["numbers", "float64", (i: number) => i / 7, { kind: "regression" }],
    ["whole numbers", "int32", (i: number) => i % 9, { kind: "regression" }],
  ] as const)("%s", (_, dtype, value, expected) => {
    expect(problem(dtype, value)).toMatchObject(expected);
  });

  it("takes whole numbers for classes where the name says so", () => {
    expect(problem("int32", (i) => i % 9, "wine class")).toMatchObject({ kind: "multiclass", classes: 9, needsTask: true });
  });

  it("is none for one value, times, and texts that hardly recur", () => {
    expect(problem("string", () => "a")).toBeNull();
    expect(problem("timestamp", (i) => new Date(i * 1e9).toISOString())).toBeNull();
    expect(problem("string", (i) => `t${i}`)).toBeNull();
  });
});
