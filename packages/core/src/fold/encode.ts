import type { Allocate } from "../contracts/allocate.js";
import { MillraceError } from "../errors/millrace-error.js";

/*
 * The canonical bytes of a partial or a state: magic, length of the head, head (JSON; keys sorted), then the buffers of the typed
 * arrays, each at a multiple of 8, little-endian. In the head an object with the key "$" stands for what JSON has no word for.
 */
const MAGIC = 0x3146524d; // "MRF1"

const KINDS = {
  f32: Float32Array,
  f64: Float64Array,
  i8: Int8Array,
  i16: Int16Array,
  i32: Int32Array,
  i64: BigInt64Array,
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  u64: BigUint64Array,
} as const;
type KindName = keyof typeof KINDS;
type Buffered = InstanceType<(typeof KINDS)[KindName]>;

const fresh: Allocate = (byteLength) => new Uint8Array(byteLength);

/**
 * Bytes of JSON values (with NaN and infinities), bigints, typed arrays and maps with string keys, nested at will. Equal values give
 * equal bytes: keys of objects and maps are sorted, -0 is 0, all NaNs are one, members that are undefined are left out.
 * Throws ENCODE_VALUE for anything else (a class, a function, a cycle of 1,000 levels).
 */
export function encode(value: unknown): Uint8Array {
  return bytesOf(value, true, fresh);
}

/**
 * Bytes that `decode` makes the very same value of: keys stay in their order, -0 is -0. For partials that go on elsewhere as if they had
 * stayed: the order of a map may decide the last bit of a sum. They lie in memory from `allocate`. Throws as encode does.
 */
export function encodeExact(value: unknown, allocate: Allocate = fresh): Uint8Array {
  return bytesOf(value, false, allocate);
}

function bytesOf(value: unknown, isCanonical: boolean, allocate: Allocate): Uint8Array {
  const buffers: Buffered[] = [];
  const head = Buffer.from(JSON.stringify(write(value, { buffers, isCanonical }, "$", 0)));
  let length = align(8 + head.length);
  for (const buffer of buffers) length = align(length + buffer.byteLength);
  const bytes = allocate(length);
  const start = new DataView(bytes.buffer, bytes.byteOffset);
  start.setUint32(0, MAGIC, true);
  start.setUint32(4, head.length, true);
  bytes.set(head, 8);
  let at = padded(bytes, 8 + head.length);
  for (const buffer of buffers) {
    bytes.set(new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength), at);
    if (isCanonical) makeCanonical(buffer, bytes, at);
    at = padded(bytes, at + buffer.byteLength);
  }
  return bytes;
}

/** Where the next buffer begins; up to there are zeros. */
function padded(bytes: Uint8Array, from: number): number {
  bytes.fill(0, from, align(from));
  return align(from);
}

/** What `encode` was given, deeply equal; arrays are copies in memory from `allocate`, free to change. Throws ENCODE_BYTES for other bytes. */
export function decode<T = unknown>(bytes: Uint8Array, allocate: Allocate = fresh): T {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || view.getUint32(0, true) !== MAGIC)
    throw new MillraceError({ code: "ENCODE_BYTES", message: "The bytes are no encoded value.", mend: "Give bytes that encode wrote." });
  const length = view.getUint32(4, true);
  const head: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset + 8, length).toString());
  const cursor = { bytes, at: align(8 + length), allocate };
  return read(head, cursor) as T;
}

interface Written {
  readonly buffers: Buffered[];
  readonly isCanonical: boolean;
}

function write(value: unknown, written: Written, path: string, depth: number): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return writeNumber(value, written);
  if (typeof value === "bigint") return { $: "bigint", is: String(value) };
  if (depth > 1000 || typeof value !== "object") throw refuse(value, path);
  if (Array.isArray(value)) return value.map((item, index) => write(item, written, `${path}[${index}]`, depth + 1));
  const kind = kindOf(value);
  if (kind !== null) {
    written.buffers.push(value as Buffered);
    return { $: kind, n: (value as Buffered).length };
  }
  if (value instanceof Map) return writeMap(value as Map<unknown, unknown>, written, path, depth);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw refuse(value, path);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  if (written.isCanonical) members.sort(byKey);
  // JSON.parse lists whole numbers first, whatever the order in the text: buffers stand in the order in which they are read.
  const all = Object.entries(Object.fromEntries(members)).map(([key, member]) => [key, write(member, written, `${path}.${key}`, depth + 1)] as const);
  return "$" in value ? { $: "object", of: all } : Object.fromEntries(all);
}

function writeNumber(value: number, { isCanonical }: Written): unknown {
  if (!Number.isFinite(value)) return { $: "number", is: String(value) };
  return !isCanonical && Object.is(value, -0) ? { $: "number", is: "-0" } : value;
}

/** A map of numbers is a list of keys and one buffer; any other a list of keys and a list of values. */
function writeMap(map: ReadonlyMap<unknown, unknown>, written: Written, path: string, depth: number): unknown {
  const entries = [...map];
  if (written.isCanonical) entries.sort(byKey as (left: [unknown, unknown], right: [unknown, unknown]) => number);
  const keys = entries.map(([key]) => key);
  if (keys.some((key) => typeof key !== "string")) throw refuse(keys.find((key) => typeof key !== "string"), `${path}.keys()`);
  const numbers = numbersOf(entries);
  if (numbers !== null) {
    written.buffers.push(numbers);
    return { $: "numbers", keys };
  }
  return { $: "map", keys, values: entries.map(([key, value]) => write(value, written, `${path}.get(${String(key)})`, depth + 1)) };
}

/** Null where there are none, or some value is no number. */
function numbersOf(entries: readonly (readonly [unknown, unknown])[]): Float64Array<ArrayBuffer> | null {
  const numbers = new Float64Array(entries.length);
  for (let index = 0; index < entries.length; index++) {
    const value = entries[index]![1];
    if (typeof value !== "number") return null;
    numbers[index] = value;
  }
  return numbers.length === 0 ? null : numbers;
}

interface Cursor {
  readonly bytes: Uint8Array;
  readonly allocate: Allocate;
  at: number;
}

type Head = { readonly $: string; readonly n: number; readonly is: string; readonly of: readonly (readonly [string, unknown])[]; readonly keys: readonly string[]; readonly values: readonly unknown[] };

function read(head: unknown, cursor: Cursor): unknown {
  if (head === null || typeof head !== "object") return head;
  if (Array.isArray(head)) return head.map((item) => read(item, cursor));
  if (!("$" in head)) return Object.fromEntries(Object.entries(head).map(([key, member]) => [key, read(member, cursor)]));
  const { $: kind, n, is, of, keys, values } = head as Head;
  switch (kind) {
    case "number":
      return Number(is);
    case "bigint":
      return BigInt(is);
    case "object":
      return Object.fromEntries(of.map(([key, member]) => [key, read(member, cursor)]));
    case "numbers": {
      const numbers = take("f64", keys.length, cursor) as Float64Array;
      return new Map(keys.map((key, index) => [key, numbers[index]]));
    }
    case "map":
      return new Map(keys.map((key, index) => [key, read(values[index], cursor)]));
    default:
      return take(kind as KindName, n, cursor);
  }
}

function take(kind: KindName, length: number, cursor: Cursor): Buffered {
  const own = cursor.allocate(length * KINDS[kind].BYTES_PER_ELEMENT);
  own.set(cursor.bytes.subarray(cursor.at, cursor.at + own.byteLength));
  cursor.at = align(cursor.at + own.byteLength);
  return new KINDS[kind](own.buffer as ArrayBuffer, own.byteOffset, length);
}

function makeCanonical(array: Buffered, bytes: Uint8Array, at: number): void {
  if (!(array instanceof Float64Array || array instanceof Float32Array)) return;
  const copy = new (array instanceof Float64Array ? Float64Array : Float32Array)(bytes.buffer as ArrayBuffer, bytes.byteOffset + at, array.length);
  for (let i = 0; i < copy.length; i++) {
    if (copy[i] !== copy[i]) copy[i] = NaN;
    else if (copy[i] === 0) copy[i] = 0;
  }
}

function kindOf(value: object): KindName | null {
  if (!ArrayBuffer.isView(value)) return null;
  for (const [name, kind] of Object.entries(KINDS)) if (value instanceof kind) return name as KindName;
  return null;
}

function byKey(left: readonly [string, unknown], right: readonly [string, unknown]): number {
  return left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : 0;
}

function align(offset: number): number {
  return (offset + 7) & ~7;
}

function refuse(value: unknown, path: string): MillraceError {
  return new MillraceError({
    code: "ENCODE_VALUE",
    message: `${path} is ${typeof value === "object" ? `a ${value?.constructor?.name ?? "object"}` : `a ${typeof value}`}, which has no canonical bytes.`,
    mend: "Keep partials and states to JSON values, typed arrays and maps with string keys.",
    facts: { path },
  });
}
