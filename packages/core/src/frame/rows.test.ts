import { assert, integer, nat, property } from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../contracts/json.js";
import { field } from "./frame.js";
import { randomRows } from "./random-rows.js";
import { seeded } from "./random.js";
import { fromRows, toRows } from "./rows.js";

const fields = [field("x", "float64"), field("n", "int32"), field("ok", "bool"), field("at", "timestamp"), field("s", "string"), field("v", "float32", { shape: [2] }), field("raw", "bytes")];

test("rows come back as they were", () => {
  const rows = [
    { x: 0.5, n: -3, ok: true, at: "2001-06-30T23:59:00.000Z", s: "JFK", v: [1, null], raw: "AAE=" },
    { x: null, n: null, ok: null, at: null, s: null, v: [null, null], raw: null },
  ];
  expect(toRows(fromRows(fields, rows))).toEqual(rows);
  expect(toRows(fromRows(fields, [{ other: 1 }]))).toEqual([rows[1]]);
});

test("columns may have the names that objects inherit", () => {
  const hostile = ["__proto__", "constructor", "toString"].map((name) => field(name, "string"));
  const rows = [JSON.parse('{"__proto__":"a","constructor":"b","toString":"c"}') as Record<string, Json>];
  expect(JSON.stringify(toRows(fromRows(hostile, rows)))).toBe(JSON.stringify(rows));
  expect(JSON.stringify(toRows(fromRows(hostile, [{}])))).toBe('[{"__proto__":null,"constructor":null,"toString":null}]');
});

test("any frame survives rows", () => {
  assert(
    property(integer(), nat({ max: 20 }), (seed, count) => {
      const frame = randomRows(fields, {}, count, seeded(seed));
      const back = fromRows(fields, toRows(frame));
      for (const { name } of fields) expect(back.column(name)).toEqual(frame.column(name));
    }),
    { numRuns: 50 },
  );
});

test.each([
  ["2001-06-30", 993859200000],
  ["2001-06-30T12:00", 993902400000],
  ["2001-06-30 12:00:00.5", 993902400500],
  ["2001-06-30T12:00:00+02:00", 993895200000],
  [993859200000, 993859200000],
])("the time %s is in UTC where it names no zone", (text, epoch) => {
  const column = fromRows([field("at", "timestamp")], [{ at: text }]).column("at");
  expect(column).toMatchObject({ values: BigInt64Array.of(BigInt(epoch)) });
});

test.each<[string, Json, string]>([
  ["x", "1", "a number or null"],
  ["n", 1.5, "whole numbers"],
  ["ok", 1, "true, false or null"],
  ["at", "June 30, 2001", "ISO 8601"],
  ["at", "2001-13-45", "ISO 8601"],
  ["s", 5, "a text or null"],
  ["v", [1], "an array of 2 numbers"],
  ["raw", "?", "base64"],
])("column %s refuses %s and says what is allowed", (name, value, allowed) => {
  const read = () => fromRows(fields, [{}, { [name]: value }]);
  expect(read).toThrow(expect.objectContaining({ code: "FRAME_VALUE", facts: { column: name, row: 1, value: expect.any(String) as string } }));
  expect(read).toThrow(allowed);
  expect(read).toThrow(name);
});

test("a column that is never missing must be given", () => {
  for (const row of [{}, { s: null }, { s: "" }]) expect(() => fromRows([field("s", "string", { nullable: false })], [row])).toThrow(expect.objectContaining({ code: "FRAME_VALUE" }));
});
