import type { DuckDBVector } from "@duckdb/node-api";

/**
 * What a vector of the binding holds: views of DuckDB's memory, valid until its chunk is gone. The binding declares them private and
 * offers boxed values instead, ten times slower; its version is pinned, and a test reads every type.
 */
export interface RawVector {
  /** Numbers, times, enum codes. */
  readonly items: Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array | BigInt64Array | BigUint64Array;
  /** Booleans (1 byte each), texts and blobs (DuckDB's string_t, 16 bytes each). */
  readonly dataView: DataView;
  /** The numbers of a fixed-length array, row after row. */
  readonly childData: DuckDBVector;
  readonly validity: { readonly data: BigUint64Array | null; readonly offset: number };
}

export function rawVector(vector: DuckDBVector): RawVector {
  return vector as unknown as RawVector;
}

/** Calls `visit` with each missing row in [from, from + count), as its distance from `from`. */
export function eachMissing(vector: RawVector, from: number, count: number, visit: (row: number) => void): void {
  const { data, offset } = vector.validity;
  if (data === null) return;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const end = offset + from + count;
  for (let bit = offset + from; bit < end; bit++) {
    if ((bit & 7) === 0 && bytes[bit >> 3] === 255) bit += 7;
    else if (((bytes[bit >> 3]! >> (bit & 7)) & 1) === 0) visit(bit - offset - from);
  }
}
