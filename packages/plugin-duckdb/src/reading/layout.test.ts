import { isMissing } from "@millrace/core";
import { canonicalProblem } from "@millrace/core/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldTexts, readFrame, readRows, testProject } from "../../test/project.js";

const query = (text: string) => testProject().create("source", "sql", { query: text });

/** SQL of a value and of another one, the dtype, and the two as JSON rows. */
const TYPES: readonly (readonly [sql: string, other: string, dtype: string, value: unknown, otherValue: unknown])[] = [
  ["true", "false", "bool", true, false],
  ["127::TINYINT", "(-128)::TINYINT", "int32", 127, -128],
  ["32767::SMALLINT", "(-32768)::SMALLINT", "int32", 32767, -32768],
  ["2147483647", "(-2147483648)::INTEGER", "int32", 2147483647, -2147483648],
  ["255::UTINYINT", "0::UTINYINT", "int32", 255, 0],
  ["65535::USMALLINT", "1::USMALLINT", "int32", 65535, 1],
  ["4294967295::UINTEGER", "7::UINTEGER", "int64", 4294967295, 7],
  ["9007199254740991::BIGINT", "(-9007199254740991)::BIGINT", "int64", 9007199254740991, -9007199254740991],
  ["9007199254740991::UBIGINT", "0::UBIGINT", "int64", 9007199254740991, 0],
  ["1.5::FLOAT", "'-inf'::FLOAT", "float32", 1.5, -Infinity],
  ["0.1::DOUBLE", "'inf'::DOUBLE", "float64", 0.1, Infinity],
  ["12.34::DECIMAL(4,2)", "-0.01::DECIMAL(4,2)", "float64", 12.34, -0.01],
  ["123456789012345678901234567890.5::DECIMAL(38,1)", "0::DECIMAL(38,1)", "float64", Number("123456789012345678901234567890.5"), 0],
  ["DATE '2001-02-03'", "DATE '1969-12-31'", "timestamp", "2001-02-03T00:00:00.000Z", "1969-12-31T00:00:00.000Z"],
  ["TIMESTAMP '2001-02-03 04:05:06.789999'", "TIMESTAMP '1969-12-31 23:59:59.999999'", "timestamp", "2001-02-03T04:05:06.789Z", "1969-12-31T23:59:59.999Z"],
  ["TIMESTAMP_S '2001-02-03 04:05:06'", "TIMESTAMP_S '1900-01-01 00:00:01'", "timestamp", "2001-02-03T04:05:06.000Z", "1900-01-01T00:00:01.000Z"],
  ["TIMESTAMP_MS '2001-02-03 04:05:06.789'", "TIMESTAMP_MS '1900-01-01 00:00:00.001'", "timestamp", "2001-02-03T04:05:06.789Z", "1900-01-01T00:00:00.001Z"],
  ["TIMESTAMP_NS '2001-02-03 04:05:06.789999999'", "TIMESTAMP_NS '1969-12-31 23:59:59.999999999'", "timestamp", "2001-02-03T04:05:06.789Z", "1969-12-31T23:59:59.999Z"],
  ["TIMESTAMPTZ '2001-02-03 04:05:06+02'", "TIMESTAMPTZ '2001-02-03 04:05:06'", "timestamp", "2001-02-03T02:05:06.000Z", "2001-02-03T04:05:06.000Z"],
  ["'text'", "'a text that is longer than twelve bytes'", "string", "text", "a text that is longer than twelve bytes"],
  ["'a'::ENUM('b', 'a')", "'b'::ENUM('b', 'a')", "string", "a", "b"],
  ["'2fa85f64-5717-4562-b3fc-2c963f66afa6'::UUID", "'00000000-0000-0000-0000-000000000000'::UUID", "string", "2fa85f64-5717-4562-b3fc-2c963f66afa6", "00000000-0000-0000-0000-000000000000"],
  ["'\\x00\\xFF'::BLOB", "'longer than twelve bytes'::BLOB", "bytes", "AP8=", "bG9uZ2VyIHRoYW4gdHdlbHZlIGJ5dGVz"],
  ["[1.5, NULL]::DOUBLE[]", "[3, 4]::DOUBLE[]", "float64[2]", [1.5, null], [3, 4]],
  ["[1.5, 2]::FLOAT[2]", "[3, 4]::FLOAT[2]", "float32[2]", [1.5, 2], [3, 4]],
  ["[1, 2]::BIGINT[]", "[3, 4]::BIGINT[]", "float64[2]", [1, 2], [3, 4]],
  ["[1.25, 2]::DECIMAL(4,2)[]", "[3, 4]::DECIMAL(4,2)[]", "float64[2]", [1.25, 2], [3, 4]],
  ["[1, 2]::TINYINT[2]", "[3, 4]::TINYINT[2]", "float64[2]", [1, 2], [3, 4]],
];

describe("each type of DuckDB", () => {
  test.each(TYPES)("%s and %s are %s", async (sql, other, dtype, value, otherValue) => {
    const source = await query(`SELECT * FROM (VALUES (0, ${sql}), (1, NULL), (2, ${other}), (3, NULL)) AS t(row, v) ORDER BY row`);
    const frame = await readFrame(source, { columns: ["v"] });
    expect(await fieldTexts(source)).toEqual(["row:int32", `v:${dtype}`]);
    expect(canonicalProblem(frame)).toBeNull();
    const missing = Array.isArray(value) ? value.map(() => null) : null;
    expect(await readRows(source, { columns: ["v"] })).toEqual([value, missing, otherValue, missing].map((v) => ({ v })));
  });

  test.each([
    ["1::HUGEINT", "CAST(\"v\" AS DOUBLE)"],
    ["1::UHUGEINT", "CAST(\"v\" AS DOUBLE)"],
    ["{a: 1}", "\"v\".member AS member"],
    ["MAP {'a': 1}", "\"v\"['key'] AS key"],
    ["INTERVAL 1 DAY", "epoch(\"v\")"],
    ["TIME '10:00'", "date_part('epoch', \"v\")"],
    ["'101'::BIT", "CAST(\"v\" AS VARCHAR)"],
    ["['a']", "array_to_string(\"v\", ' ')"],
    ["[[1]]", "array_to_string(\"v\", ' ')"],
  ])("%s is refused with what to write instead", async (sql, mend) => {
    await expect((await query(`SELECT ${sql} AS v`)).fields()).rejects.toMatchObject({ code: "SOURCE_TYPE", mend: expect.stringContaining(mend), facts: { column: "v" } });
  });
});

describe("values that no column can hold", () => {
  test.each(["9007199254740993", "-9007199254740993", "9223372036854775807", "18446744073709551615"])("the integer %s names its row", async (value) => {
    const source = await query(`SELECT CASE range WHEN 2500 THEN ${value} ELSE range END AS id FROM range(3000)`);
    await expect(readRows(source)).rejects.toMatchObject({ code: expect.stringMatching(/SOURCE_INT64_RANGE|SOURCE_TYPE/) });
  });
  test("a wide integer is refused with its row, column and mend", async () => {
    await expect(readRows(await query("SELECT CASE range WHEN 2500 THEN 9007199254740993 ELSE range END::BIGINT AS id FROM range(3000)"))).rejects.toMatchObject({
      code: "SOURCE_INT64_RANGE",
      message: expect.stringContaining('Row 2500 of column "id" is 9007199254740993'),
      mend: expect.stringContaining('types: { "id": "string" }'),
      facts: { column: "id", row: 2500 },
    });
  });
  test.each(["TIMESTAMP 'infinity'", "TIMESTAMP '-infinity'", "DATE 'infinity'", "TIMESTAMP_S 'infinity'", "TIMESTAMP_NS 'infinity'", "TIMESTAMPTZ 'infinity'"])("%s is no time", async (value) => {
    await expect(readRows(await query(`SELECT ${value} AS t`))).rejects.toMatchObject({ code: "SOURCE_TIME_RANGE", facts: { column: "t", row: 0 } });
  });
  test("NUL is refused with its row", async () => {
    await expect(readRows(await query("SELECT CASE range WHEN 2100 THEN 'a' || chr(0) ELSE 'b' END AS s FROM range(3000)"))).rejects.toMatchObject({ code: "FRAME_NUL", facts: { column: "s", row: 2100 } });
  });
  test("a list of another length is refused with its row", async () => {
    await expect(readRows(await query("SELECT CASE range WHEN 2100 THEN [1] ELSE [1, 2] END AS v FROM range(3000)"))).rejects.toMatchObject({ code: "SOURCE_LIST_LENGTH", facts: { column: "v", row: 2100 } });
  });
  test("lists without any value have no length", async () => {
    await expect((await query("SELECT NULL::DOUBLE[] AS v")).fields()).rejects.toMatchObject({ code: "SOURCE_TYPE" });
  });
});

test("NaN is missing and infinities stay", async () => {
  const frame = await readFrame(await query("SELECT unnest(['nan', '-nan', 'inf', '-inf', NULL]::DOUBLE[]) AS x"));
  const column = frame.column("x");
  expect(Array.from({ length: 5 }, (_, row) => isMissing(column, row))).toEqual([true, true, false, false, true]);
  expect(new BigUint64Array((column as { values: Float64Array }).values.slice(0, 2).buffer)).toEqual(BigUint64Array.of(0x7ff8000000000000n, 0x7ff8000000000000n));
});

test("an empty text is missing, and dictionaries stand in the order of first appearance", async () => {
  const column = (await readFrame(await query("SELECT unnest(['b', '', 'a', NULL, 'b', 'longer than twelve bytes', 'a']) AS s"))).column("s");
  expect(column).toMatchObject({ dictionary: ["", "b", "a", "longer than twelve bytes"], codes: Int32Array.of(1, 0, 2, 0, 1, 3, 2) });
});

test("times of any size are rounded down exactly", async () => {
  const micros = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n });
  await fc.assert(
    fc.asyncProperty(fc.array(micros, { minLength: 1, maxLength: 20 }), async (values) => {
      const frame = await readFrame(await testProject().create("source", "sql", { query: `SELECT make_timestamp(unnest([${values.join(", ")}]::BIGINT[])) AS t` }));
      const floor = (value: bigint): bigint => (value >= 0n ? value / 1000n : -((999n - value) / 1000n));
      expect([...(frame.column("t") as { values: BigInt64Array }).values]).toEqual(values.map(floor));
    }),
    { numRuns: 10 },
  );
});

test("texts of any length and alphabet come through, over many chunks and batches", async () => {
  const texts = fc.sample(fc.string({ unit: "grapheme", maxLength: 30 }).filter((text) => !text.includes("\0")), { numRuns: 300, seed: 7 });
  const list = texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(", ");
  const frame = await readFrame(await query(`SELECT ([${list}])[1 + (range * 7919) % ${texts.length}] || CASE WHEN range % 3 = 0 THEN range::VARCHAR ELSE '' END AS s FROM range(300000)`));
  const column = frame.column("s") as { codes: Int32Array; dictionary: readonly string[] };
  const wrong = Array.from(column.codes).findIndex((code, row) => column.dictionary[code] !== `${texts[(row * 7919) % texts.length]!}${row % 3 === 0 ? row : ""}`);
  expect(wrong).toBe(-1);
});
