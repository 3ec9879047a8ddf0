import { array, assert, bigInt, property } from "fast-check";
import { expect, test } from "vitest";
import { bytesColumn, canonicalNaNs, numberColumn } from "./columns.js";
import { toFloat64 } from "./missing.js";
import { codedColumn, textColumn } from "./text-column.js";

test("null, undefined and NaN are missing, in the one way of the dtype", () => {
  expect(numberColumn("float64", [1, null, undefined, NaN, Infinity])).toEqual({ dtype: "float64", values: Float64Array.of(1, NaN, NaN, NaN, Infinity) });
  expect(numberColumn("int32", [7, null, NaN])).toEqual({ dtype: "int32", values: Int32Array.of(7, 0, 0), validity: Uint8Array.of(1) });
  expect(numberColumn("timestamp", [5n, null])).toEqual({ dtype: "timestamp", values: BigInt64Array.of(5n, 0n), validity: Uint8Array.of(1) });
  expect(numberColumn("bool", [true, false, 1])).toEqual({ dtype: "bool", values: Uint8Array.of(1, 0, 1), validity: null });
});

test("an array that is canonical is taken over; a mask is applied to a copy", () => {
  const values = Float64Array.of(1, 2, NaN);
  expect(numberColumn("float64", values).values).toBe(values);
  expect(numberColumn("float64", values, { validity: Uint8Array.of(0b101) }).values).toEqual(Float64Array.of(1, NaN, NaN));
  expect(values[1]).toBe(2);
});

test("an array of integers with a mask has 0 where a row is missing", () => {
  for (const [dtype, values, zeroed] of [
    ["int32", Int32Array.of(5, 7, 0), Int32Array.of(5, 0, 0)],
    ["timestamp", BigInt64Array.of(5n, -7n, 0n), BigInt64Array.of(5n, 0n, 0n)],
    ["bool", Uint8Array.of(1, 1, 0), Uint8Array.of(1, 0, 0)],
  ] as const) {
    expect(numberColumn(dtype, values, { validity: Uint8Array.of(0b11111001) })).toEqual({ dtype, values: zeroed, validity: Uint8Array.of(0b001) });
    expect(numberColumn(dtype, values, { validity: Uint8Array.of(0b111) })).toEqual({ dtype, values, validity: null });
    expect(numberColumn(dtype, values).values).toBe(values);
  }
  expect(() => numberColumn("int64", BigInt64Array.of(0n, -(2n ** 53n)))).toThrow(expect.objectContaining({ code: "FRAME_VALUE" }));
  expect(numberColumn("int64", BigInt64Array.of(1n - 2n ** 53n)).values).toEqual(BigInt64Array.of(1n - 2n ** 53n));
});

test("numbers of int64 columns are those of Number", () => {
  assert(
    property(array(bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })), (values) => {
      expect(toFloat64({ dtype: "int64", values: BigInt64Array.from(values), validity: null })).toEqual(Float64Array.from(values, Number));
    }),
  );
});

test("all NaNs become one", () => {
  for (const strange of [new Float64Array(BigUint64Array.of(0x7ff8000000000000n, 0xfff8000000000001n).buffer), new Float32Array(Uint32Array.of(0x7fc00000, 0xffc00001).buffer)]) {
    const bytes = new Uint8Array(canonicalNaNs(strange).buffer);
    expect(bytes.subarray(bytes.length / 2)).toEqual(bytes.subarray(0, bytes.length / 2));
  }
});

test("a row of an integer vector is missing as a whole", () => {
  expect(numberColumn("int32", [1, 2, 3, null], { width: 2 })).toEqual({ dtype: "int32", values: Int32Array.of(1, 2, 0, 0), validity: Uint8Array.of(1) });
});

test.each([
  ["int32", 1.5],
  ["int32", 2 ** 31],
  ["uint8", -1],
  ["bool", 2],
  ["timestamp", 0.5],
  ["int64", 2n ** 53n],
] as const)("%s refuses %s and names row and column", (dtype, value) => {
  expect(() => numberColumn(dtype, [0, value], { name: "id" })).toThrow(expect.objectContaining({ code: "FRAME_VALUE", facts: { column: "id", row: 1, value: String(value) } }));
});

test("an int64 that float64 cannot hold is to be declared a string", () => {
  expect(() => numberColumn("int64", [2n ** 60n], { name: "id" })).toThrow(expect.objectContaining({ mend: expect.stringContaining('Declare "id" as string') }));
});

test("texts: null and the empty text are one, lone surrogates are mended, order is that of first appearance", () => {
  expect(textColumn(["b", null, "", "a", "b", undefined, "x\ud800", "x\ufffd", "\u{1F600}"])).toEqual({
    dtype: "string",
    codes: Int32Array.of(1, 0, 0, 2, 1, 0, 3, 3, 4),
    dictionary: ["", "b", "a", "x\ufffd", "\u{1F600}"],
  });
});

test("NUL is refused with row and column", () => {
  expect(() => textColumn(["a", "b\0"], "city")).toThrow(expect.objectContaining({ code: "FRAME_NUL", facts: { column: "city", row: 1, value: JSON.stringify("b\0") } }));
  expect(() => codedColumn(Int32Array.of(0, 0, 1), ["a", "\0"], "city")).toThrow(expect.objectContaining({ code: "FRAME_NUL", facts: { column: "city", row: 2, value: JSON.stringify("\0") } }));
});

test("a database's dictionary becomes canonical", () => {
  expect(codedColumn(Int32Array.of(0, 1, 2, 3, 9, -1), ["a", null, "a", ""])).toEqual({ dtype: "string", codes: Int32Array.of(1, 0, 1, 0, 0, 0), dictionary: ["", "a"] });
});

test("bytes", () => {
  expect(bytesColumn([Uint8Array.of(1), null])).toEqual({ dtype: "bytes", values: [Uint8Array.of(1), new Uint8Array(0)], validity: Uint8Array.of(1) });
});
