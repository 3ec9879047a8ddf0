import { fromRows, randomRows, seeded, slice, toRows, type Field, type Json, type Row } from "@millrace/core";
import { typesModel } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { createBatch, frameOf } from "../engine/batch.js";
import type { Policy } from "./column-reader.js";
import { frameReader } from "./frame-reader.js";
import { inputReader } from "./input-reader.js";
import type { Violation } from "./violation.js";

const { signature } = typesModel();
const { inputs, seen } = signature;

/** Nothing is refused here, so that one pass tells all. */
function read(fields: readonly Field[], rows: readonly Row[], policy: Policy | null) {
  const told: (readonly [number, string, string, Policy])[] = [];
  const frame = frameReader(signature, () => policy)(fromRows(fields, rows), ({ row, column, kind }: Violation, outcome) => told.push([row, column, kind, outcome]));
  return { rows: toRows(frame), told };
}

const retyped = (types: Readonly<Record<string, Field["dtype"]>>): Field[] => inputs.map((field) => ({ ...field, dtype: types[field.name] ?? field.dtype }));

describe("the columns of a file", () => {
  it.each(["missing", "flag"] as const)("are read as the rows of a request are, policy %s, whether they are taken as they are or value by value", (policy) => {
    const frame = randomRows(inputs, seen, 500, seeded("file"));
    const rows = toRows(frame);
    const batch = createBatch(inputs);
    const policies = Object.fromEntries(inputs.map(({ name }) => [name, policy]));
    const flags = inputReader(signature, { policies, unknown: "refuse", textNumbers: false, masked: new Set() }).rows(rows, batch);
    const { rows: found, told } = read(inputs, rows, policy);
    expect(found).toEqual(toRows(frameOf(batch, inputs)));
    expect(told.length).toBeGreaterThan(100);
    if (policy === "flag") expect(told.map(([row, column, kind]) => ({ row, column, kind }))).toEqual(flags);
  });

  it("within what training saw are taken as they are", () => {
    const frame = fromRows(inputs, [{ city: "Oslo", price: 20, weight: 1.5, items: 3, ticket: 7, member: true, at: "2023-05-01T00:00:00Z" }, {}]);
    const taken = frameReader(signature, () => null)(slice(frame, 0, 2), () => expect.fail("nothing breaks a rule"));
    for (const { name } of inputs) expect(taken.column(name)).toStrictEqual(slice(frame, 0, 2).column(name));
  });

  it("of text stand for what they spell", () => {
    const texts = retyped({ price: "string", weight: "string", items: "string", ticket: "string", member: "string", at: "string" });
    const row: Row = { city: "Oslo", price: " 20.5 ", weight: "1e0", items: "3", ticket: "7", member: "TRUE", at: "2023-05-01 00:00:00" };
    const { rows, told } = read(texts, [row, { price: "nan", weight: "" }], "flag");
    expect(told).toEqual([]);
    expect(rows).toEqual([{ city: "Oslo", price: 20.5, weight: 1, items: 3, ticket: 7, member: true, at: "2023-05-01T00:00:00.000Z" }, { city: null, price: null, weight: null, items: null, ticket: null, member: null, at: null }]);
    const times: readonly (readonly [string, string])[] = [["2023/5/1 7:05", "2023-05-01T07:05:00.000Z"], ["2023-05-01", "2023-05-01T00:00:00.000Z"], ["2023-05-01T07:05:01.5+02", "2023-05-01T05:05:01.500Z"]];
    for (const [text, at] of times) expect(read(texts, [{ at: text }], "flag")).toMatchObject({ rows: [{ at }], told: [] });
    const wrong: readonly (readonly [string, Json])[] = [["price", "20,5"], ["weight", "0x10"], ["items", "3.5"], ["ticket", "1e300"], ["member", "yes"], ["at", "01.05.2023"], ["at", "2023-13-01"]];
    for (const [column, value] of wrong) {
      const { rows: [read1], told: all } = read(texts, [{ ...row, [column]: value }], "missing");
      expect(all).toEqual([[0, column, "type", "missing"]]);
      expect(read1).toMatchObject({ [column]: null, city: "Oslo" });
    }
  });

  it("of float32 are within what training saw where they round to it", () => {
    const weight = { kind: "number", minimum: Math.fround(0.214), maximum: Math.fround(10.978), missing: 0 } as const;
    const reader = frameReader({ inputs, seen: { ...seen, weight } }, () => "flag");
    const told: number[] = [];
    const frame = reader(fromRows(retyped({ weight: "float64" }), [{ weight: 0.214 }, { weight: 10.978 }, { weight: 10.979 }]), ({ row }) => told.push(row));
    expect(told).toEqual([2]);
    expect(toRows(frame).map((row) => row["weight"])).toEqual([0.214, 10.978, 10.979].map(Math.fround));
  });

  it("of other numbers come out as those of the model's type", () => {
    const { rows, told } = read(retyped({ price: "int32", weight: "float64", items: "float64", ticket: "int32" }), [{ price: 20, weight: 1.1, items: 3, ticket: 7 }, { items: 2.5 }], null);
    expect(rows[0]).toMatchObject({ price: 20, weight: Math.fround(1.1), items: 3, ticket: 7 });
    expect(told).toEqual([[1, "items", "type", "refuse"]]);
  });
});
