import { typesModel } from "@millrace/core/testkit";
import type { Json } from "@millrace/core";
import { describe, expect, it } from "vitest";
import { createBatch, frameOf } from "../engine/batch.js";
import { inputReader, type InputReaderOptions } from "./input-reader.js";

const { signature } = typesModel();
const ROW = { city: "Oslo", price: 20, weight: 1.5, items: 3, ticket: 7, member: true, at: "2023-05-01T00:00:00Z" };

function read(rows: readonly object[], options: Partial<InputReaderOptions> = {}) {
  const batch = createBatch(signature.inputs);
  const flags = inputReader(signature, { policies: {}, unknown: "refuse", textNumbers: false, masked: new Set(), ...options }).rows(rows, batch);
  return { flags, frame: frameOf(batch, signature.inputs), batch };
}

const refusal = (row: object, options: Partial<InputReaderOptions> = {}): { readonly code: string; readonly message: string; readonly facts: unknown } => {
  try {
    read([ROW, row], options);
  } catch (error) {
    return error as { code: string; message: string; facts: unknown };
  }
  throw new Error("it passed");
};

describe("values of a row", () => {
  const wrong: readonly (readonly [keyof typeof ROW, Json])[] = [
    ["city", 5], ["city", true], ["city", ["Oslo"]], ["city", "a\u0000b"], ["price", "20"], ["price", true], ["price", {}], ["items", 1.5], ["items", 2 ** 31], ["items", "3"], ["ticket", 2 ** 53], ["ticket", 0.5],
    ["member", 1], ["member", "true"], ["at", "yesterday"], ["at", "2023-13-01"], ["at", true], ["at", 1.5],
  ];
  it.each(wrong)("of the wrong type are refused by row, column, value and what is allowed: %s %j", (column, value) => {
    const { code, message, facts } = refusal({ ...ROW, [column]: value });
    expect(code).toBe("SERVE_INPUT");
    expect(facts).toMatchObject({ row: 1, column });
    expect(message).toContain(`Row 1: "${column}" is ${JSON.stringify(value)}; allowed is `);
  });

  it("that are absent are refused, and names that the model does not take", () => {
    const { city: _, ...rest } = ROW;
    expect(refusal(rest)).toMatchObject({ facts: { row: 1, column: "city", kind: "absent" } });
    expect(refusal({ ...ROW, citty: "Oslo" })).toMatchObject({ facts: { row: 1, column: "citty" } });
    expect(refusal({ ...rest, citty: "Oslo" }).message).toContain('"city" is absent');
    expect(read([{ ...ROW, citty: "Oslo" }], { unknown: "ignore" }).frame.length).toBe(1);
    expect(refusal({ ...rest, constructor: 1 }).message).toContain('"city" is absent');
  });

  it("of personal data are shown to nobody", () => {
    expect(refusal({ ...ROW, city: 12345 }, { masked: new Set(["city"]) }).message).not.toContain("12345");
    const told = refusal({ ...ROW, city: "Atlantis" }, { masked: new Set(["city"]), policies: { city: "refuse" } }).message;
    expect(told).not.toMatch(/Atlantis|Oslo|Rome/);
  });

  it("outside what training saw are flagged where they are numbers, and pass where they are texts or times", () => {
    const { flags, frame } = read([ROW, { ...ROW, price: 1e6, city: "Atlantis", at: "2040-01-01" }]);
    expect(flags).toEqual([{ row: 1, column: "price", kind: "range" }]);
    expect(frame.column("price")).toMatchObject({ values: Float64Array.of(20, 1e6) });
  });

  it("go as a policy says", () => {
    const odd = { ...ROW, price: 1e6, city: "Atlantis", items: "three" };
    const missing = read([odd], { policies: { price: "missing", city: "missing", items: "missing" } });
    expect(missing.flags).toEqual([]);
    expect(missing.frame.column("price")).toMatchObject({ values: Float64Array.of(NaN) });
    expect(missing.frame.column("city")).toMatchObject({ codes: Int32Array.of(0) });
    expect(missing.frame.column("items")).toMatchObject({ validity: Uint8Array.of(0) });
    expect(read([odd], { policies: { price: "flag", city: "flag", items: "flag" } }).flags).toEqual([{ row: 0, column: "city", kind: "category" }, { row: 0, column: "price", kind: "range" }, { row: 0, column: "items", kind: "type" }]);
    expect(refusal({ ...ROW, price: 1e6 }, { policies: { price: "refuse" } }).message).toContain("allowed is 0 to 100");
    expect(refusal({ ...ROW, city: "Atlantis" }, { policies: { city: "refuse" } }).message).toContain('allowed is "Oslo", "Rome"');
    expect(refusal({ ...ROW, at: "2040-01-01" }, { policies: { at: "refuse" } }).facts).toMatchObject({ column: "at", kind: "range" });
  });

  it("of float32 are within what training saw where they round to it, and ends of ranges are told in short", () => {
    const rounded = { ...signature, seen: { ...signature.seen, weight: { kind: "number", minimum: Math.fround(0.214), maximum: Math.fround(10.978), missing: 0 } } } as const;
    const weigh = (weight: number, policy: "refuse" | "flag") => inputReader(rounded, { policies: { weight: policy }, unknown: "refuse", textNumbers: false, masked: new Set() }).rows([{ ...ROW, weight }], createBatch(rounded.inputs));
    expect(Math.fround(0.214)).toBeGreaterThan(0.214);
    for (const weight of [0.214, 10.978, 1]) expect(weigh(weight, "flag")).toEqual([]);
    expect(() => weigh(10.979, "refuse")).toThrow('"weight" is 10.979; allowed is 0.214 to 10.978.');
    expect(refusal({ ...ROW, at: "2040-01-01" }, { policies: { at: "refuse" } }).message).toContain("allowed is 2020-01-01T00:00:00.000Z to 2024-01-01T00:00:00.000Z");
  });

  it("may be NaN and infinities as texts where the config says so", () => {
    const { frame } = read([{ ...ROW, price: "NaN" }, { ...ROW, price: "-Infinity" }], { textNumbers: true });
    expect(frame.column("price")).toMatchObject({ values: Float64Array.of(NaN, -Infinity) });
    expect(refusal({ ...ROW, items: "Infinity" }, { textNumbers: true }).facts).toMatchObject({ column: "items" });
  });

  it("of a request that is refused leave the batch as it was", () => {
    const batch = createBatch(signature.inputs);
    const reader = inputReader(signature, { policies: {}, unknown: "refuse", textNumbers: false, masked: new Set() });
    reader.rows([ROW], batch);
    expect(() => reader.rows([ROW, { ...ROW, at: "never" }], batch)).toThrow();
    reader.rows([{ ...ROW, city: "Rome" }], batch);
    const frame = frameOf(batch, signature.inputs);
    expect(frame.length).toBe(2);
    expect(frame.column("city")).toMatchObject({ dictionary: ["", "Oslo", "Rome"], codes: Int32Array.of(1, 2) });
    expect(frame.column("price")).toMatchObject({ values: Float64Array.of(20, 20) });
  });
});
