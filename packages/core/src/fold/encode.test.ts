import { assert, property, record, dictionary, double, string, float64Array, int32Array, uint8Array, bigInt64Array, array, oneof, option } from "fast-check";
import { expect, test } from "vitest";
import { decode, encode, encodeExact } from "./encode.js";

const leaf = oneof(double(), string(), float64Array(), int32Array(), uint8Array(), bigInt64Array(), option(string()), dictionary(string(), double()).map((object) => new Map(Object.entries(object))));
const value = oneof(leaf, array(leaf), record({ $: leaf, a: leaf, b: dictionary(string(), leaf).map((object) => new Map(Object.entries(object))) }), dictionary(string(), leaf));

/** -0 is 0 in the bytes, and so in what comes back. */
const positive = (item: unknown): unknown => {
  if (typeof item === "number") return item === 0 ? 0 : item;
  if (item instanceof Float64Array) return item.map((number) => (number === 0 ? 0 : number));
  if (item instanceof Map) return new Map([...item].map(([key, member]) => [key, positive(member)]));
  if (Array.isArray(item)) return item.map(positive);
  if (item !== null && typeof item === "object" && !ArrayBuffer.isView(item)) return Object.fromEntries(Object.entries(item).map(([key, member]) => [key, positive(member)]));
  return item;
};

test("what was encoded comes back", () => {
  assert(
    property(value, (item) => {
      expect(decode(encode(item))).toEqual(positive(item));
    }),
  );
});

test("bytes and arrays lie in the memory that is given", () => {
  const memory = new Uint8Array(4096).fill(255);
  let used = 0;
  const allocate = (bytes: number) => memory.subarray(used, (used += 8 * Math.ceil(bytes / 8))).subarray(0, bytes);
  const item = { a: Float64Array.of(1, -0, NaN), b: [Int32Array.of(7), "text"], c: new Uint8Array(3) };
  const bytes = encodeExact(item, allocate);
  expect(bytes.buffer).toBe(memory.buffer);
  expect(bytes).toEqual(encodeExact(item));
  const found = decode<typeof item>(bytes, allocate);
  expect(found).toEqual(item);
  for (const { buffer } of [found.a, found.b[0] as Int32Array, found.c]) expect(buffer).toBe(memory.buffer);
});

test("equal values have equal bytes, whatever the order of their keys", () => {
  const items = [["b", 1], ["a", 2], ["10", 3], ["9", NaN]] as const;
  const turned = [...items].reverse();
  expect(encode(new Map(items))).toEqual(encode(new Map(turned)));
  expect(encode(Object.fromEntries(items))).toEqual(encode(Object.fromEntries(turned)));
  expect(encode({ a: 1, b: undefined })).toEqual(encode({ a: 1 }));
});

test("keys that are whole numbers keep their own arrays", () => {
  const value = { 10: Float64Array.of(10), 9: Float64Array.of(9), "-1": Float64Array.of(-1), "": Float64Array.of(0) };
  expect(decode(encode(value))).toEqual(value);
  expect(decode(encodeExact(value))).toEqual(value);
});

test("zeros and NaNs are one", () => {
  expect(encode([-0, Float64Array.of(-0)])).toEqual(encode([0, Float64Array.of(0)]));
  expect(encode(new Float64Array(BigUint64Array.of(0xfff8000000000001n).buffer))).toEqual(encode(Float64Array.of(NaN)));
  expect(encode(new Float32Array(Uint32Array.of(0xffc00001).buffer))).toEqual(encode(Float32Array.of(NaN)));
});

test("numbers that JSON has no word for, and big ones", () => {
  expect(decode(encode([NaN, Infinity, -Infinity, 2n ** 70n]))).toEqual([NaN, Infinity, -Infinity, 2n ** 70n]);
});

test("__proto__ is a key like any other", () => {
  const hostile = JSON.parse('{"__proto__": {"x": 1}, "y": [1]}') as object;
  expect(Object.keys(decode<object>(encode(hostile)))).toEqual(Object.keys(hostile));
});

test.each([["a function", () => 1], ["a set", new Set([1])], ["a date", new Date(0)], ["a map with other keys", new Map([[1, 2]])], ["undefined", undefined]])("%s is refused", (_, item) => {
  expect(() => encode({ deep: [item ?? undefined] })).toThrow(expect.objectContaining({ code: "ENCODE_VALUE" }));
});

test("a cycle is refused", () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);
  expect(() => encode(cycle)).toThrow(expect.objectContaining({ code: "ENCODE_VALUE" }));
});

test("other bytes are refused", () => {
  expect(() => decode(new Uint8Array(16))).toThrow(expect.objectContaining({ code: "ENCODE_BYTES" }));
});

test("exact bytes keep the order of keys and the sign of zero", () => {
  assert(
    property(value, (item) => {
      expect(decode(encodeExact(item))).toEqual(item);
    }),
  );
  const map = new Map([["b", 1], ["a", 2]]);
  expect([...decode<Map<string, number>>(encodeExact(map))]).toEqual([...map]);
  expect([...decode<Map<string, unknown>>(encodeExact(new Map<string, unknown>([["b", null], ["a", 2]]))).keys()]).toEqual(["b", "a"]);
  expect(Object.keys(decode<object>(encodeExact({ b: 1, a: 2 })))).toEqual(["b", "a"]);
  expect(Object.is(decode<{ zero: number }>(encodeExact({ zero: -0 })).zero, -0)).toBe(true);
  expect(Object.is(decode<Float64Array>(encodeExact(Float64Array.of(-0)))[0], -0)).toBe(true);
});
