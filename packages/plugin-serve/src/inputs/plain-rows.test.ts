import { field, toRows, type Json, type Seen } from "@millrace/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBatch, frameOf } from "../engine/batch.js";
import { parseJson } from "../http/parse-json.js";
import { readRowRequest } from "../protocol/rows/read-request.js";
import { inputReader } from "./input-reader.js";

const INPUTS = [
  field("x", "float64"),
  field("small", "float32", { nullable: false }),
  field("count", "int32"),
  field("id", "int64"),
  field("byte", "uint8"),
  field("is late", "bool"),
  field("at", "timestamp"),
  field("città", "string"),
  field("code", "string", { nullable: false }),
  field("track", "float64", { shape: [3] }),
];
const SEEN: Readonly<Record<string, Seen>> = { x: { kind: "number", minimum: -1e3, maximum: 1e3, missing: 0 }, code: { kind: "text", values: ["a", "b", "SFO"], missing: 0 } };
const ROW = { x: -1.25, small: 0.1, count: -7, id: 9_007_199_254_740_991, byte: 255, "is late": true, at: "2001-06-30T08:15:00Z", città: "Roma", code: "SFO", track: [1, null, -0.5] };

const reader = inputReader({ inputs: INPUTS, seen: SEEN }, { policies: { code: "refuse" }, unknown: "refuse", textNumbers: false, masked: new Set() });

/** Rows as the reader of plain bodies has them; null: it leaves the body alone. */
function plain(body: string): object[] | null {
  const batch = createBatch(INPUTS);
  const count = reader.plain(Buffer.from(body), batch, 1_000);
  expect(batch.length).toBe(count);
  return count === 0 ? null : toRows(frameOf(batch, INPUTS));
}

/** As JSON.parse and the readers of values have them; null: it is refused, or something is said of it. */
function parsed(body: string): object[] | null {
  const batch = createBatch(INPUTS);
  try {
    const { rows, outputs } = readRowRequest(parseJson(Buffer.from(body), 32), 1_000);
    const flags = reader.rows(rows, batch);
    return flags.length > 0 || outputs !== null ? null : toRows(frameOf(batch, INPUTS));
  } catch {
    return null;
  }
}

const body = (...rows: object[]) => JSON.stringify({ rows });

/** Values as clients send them, and as they should not. */
const VALUES: readonly string[] = ["null", "true", "false", "0", "-0", "1", "-1", "7.0", "255", "256", "1e2", "1E+2", "12e-1", "1e", "01", "-", "+1", ".5", "5.", "0.1", "1234567890", "12345678901", "0.1234567891", "123456789.123456", "123456789.1234567", "0.30000000000000004", "9007199254740993", "1e400", "-1e400", "NaN", "2147483648", '"a"', '"b "', '""', '"SFO"', '"città"', '"\\u0061"', '"a\tb"', '"a', '"2001-06-30T08:15:00Z"', '"2001-06-30T08:15:00.123Z"', '"2001-06-31T08:15:00Z"', '"2001-02-29T08:15:00Z"', '"0000-01-01T00:00:00Z"', '"2001-06-30"', '"2001-06-30T24:00:00Z"', '"2001-06-30T23:60:00Z"', '"+012001-06-30T08:15:00Z"', "[1,2,3]", "[1,2]", "[1,2,3,4]", "[1,null,3]", "[ 1 , 2 , 3e0 ]", "[1,2,3", "[1,2,true]", "[]", "{}", '{"a":1}'];

const rowText = fc
  .tuple(fc.shuffledSubarray(INPUTS.map(({ name }) => name), { minLength: INPUTS.length }), fc.array(fc.tuple(fc.nat(INPUTS.length - 1), fc.constantFrom(...VALUES)), { maxLength: 2 }), fc.constantFrom("", " ", "\n\t", "\u00a0"), fc.constantFrom("", "", "", ',"x":1', ',"y":1', ","))
  .map(([names, changes, space, more]) => {
    const values = new Map<string, string>(Object.entries(ROW).map(([name, value]) => [name, JSON.stringify(value)]));
    for (const [at, value] of changes) values.set(INPUTS[at]!.name, value);
    return `{${names.map((name) => `${space}${JSON.stringify(name)}${space}:${space}${values.get(name)!}`).join(",")}${more}${space}}`;
  });

describe("rows of which there is nothing to say", () => {
  it("are read from the bytes as they are read from what JSON.parse makes of them, or left alone", () => {
    const bodies = fc.tuple(fc.array(rowText, { maxLength: 3 }), fc.constantFrom("", "", "", "", ',"outputs":["score"]', ',"rows":[]', "]", " ", "x"));
    fc.assert(
      fc.property(bodies, ([rows, more]) => {
        const text = more === "x" ? `{"rows":[${rows.join()}]}x` : `{"rows":[${rows.join()}]${more}}`;
        const found = plain(text);
        if (found !== null) expect(found).toEqual(parsed(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it("are read from the bytes where values differ in one place, whatever stands there, or left alone", () => {
    for (const { name } of INPUTS)
      for (const value of VALUES) {
        const text = body(ROW, ROW).replace(JSON.stringify(name) + ":" + JSON.stringify(ROW[name as keyof typeof ROW]), `${JSON.stringify(name)}:${value}`);
        const found = plain(text);
        if (found !== null) expect([name, value, found]).toEqual([name, value, parsed(text)]);
      }
  });

  it.each([
    ["rows as most clients write them", body(ROW, { ...ROW, x: 3, at: 993_888_000_000 }, { ...ROW, track: [1e-7, 2, 0.1 + 0.2] })],
    ["columns in another order", body(Object.fromEntries(Object.entries(ROW).reverse()))],
    ["white space", JSON.stringify({ rows: [ROW] }, null, 2)],
    ["missing values", body({ ...ROW, x: null, count: null, id: null, "is late": null, at: null, città: null, track: null })],
    ["empty texts", body({ ...ROW, città: "" })],
  ])("are read from the bytes: %s", (_, text) => {
    expect(plain(text)).not.toBeNull();
    expect(plain(text)).toEqual(parsed(text));
  });

  it.each<[string, string]>([
    ["a number outside the range of training", body({ ...ROW, x: 1e4 })],
    ["a text that training did not see, where that is refused", body({ ...ROW, code: "c" })],
    ["null where it is not allowed", body({ ...ROW, small: null })],
    ["a column that is absent", body({ ...ROW, x: undefined as unknown as Json })],
    ["a column twice", body(ROW).replace('"x":', '"x":1,"x":')],
    ["an unknown column", body({ ...ROW, y: 1 })],
    ["too many rows", body(...Array.from({ length: 1_001 }, () => ROW))],
    ["no rows", body()],
    ["other keys", JSON.stringify({ rows: [ROW], outputs: ["score"] })],
    ["an escape", body({ ...ROW, code: 'S"FO' })],
    ["bytes that are no UTF-8", body({ ...ROW, città: "\ufffd" })],
    ["an end too early", body(ROW).slice(0, -1)],
    ["an empty body", ""],
  ])("are left alone, and the batch as it was: %s", (_, text) => {
    const batch = createBatch(INPUTS);
    expect(reader.plain(Buffer.from(body(ROW)), batch, 1_000)).toBe(1);
    expect(reader.plain(Buffer.from(text), batch, 1_000)).toBe(0);
    expect(toRows(frameOf(batch, INPUTS))).toEqual(parsed(body(ROW)));
  });
});
