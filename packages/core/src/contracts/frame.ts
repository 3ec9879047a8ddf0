/** The typed array of each numeric dtype. `bool` holds 0 and 1; `timestamp` holds epoch milliseconds, UTC. */
export type Arrays = {
  float32: Float32Array;
  float64: Float64Array;
  int32: Int32Array;
  int64: BigInt64Array;
  uint8: Uint8Array;
  bool: Uint8Array;
  timestamp: BigInt64Array;
};

export type DType = keyof Arrays | "string" | "bytes" | "sparse";

/**
 * One column. A missing value has one representation per dtype, so that training cannot see a difference that serving cannot:
 * NaN in floats, code 0 in strings (`dictionary[0]` is always `""`), a cleared bit of `validity` elsewhere (bit i = row i,
 * least significant first; null: nothing is missing; the value below a cleared bit is 0).
 * A vector field of shape [n] holds n values per row, row after row.
 * `sparse` is a vector of shape [n] of which only what is not 0 is held: row i has `numbers[k]` at `places[k]`, starts[i] <= k < starts[i + 1],
 * its places ascending. Nothing of it is missing, and n is at most 2^24, so that float32 holds each place.
 */
export type Column =
  | { [D in "float32" | "float64"]: { readonly dtype: D; readonly values: Arrays[D] } }["float32" | "float64"]
  | {
      [D in Exclude<keyof Arrays, "float32" | "float64">]: {
        readonly dtype: D;
        readonly values: Arrays[D];
        readonly validity: Uint8Array | null;
      };
    }[Exclude<keyof Arrays, "float32" | "float64">]
  | { readonly dtype: "string"; readonly codes: Int32Array; readonly dictionary: readonly string[] }
  | { readonly dtype: "bytes"; readonly values: readonly Uint8Array[]; readonly validity: Uint8Array | null }
  | { readonly dtype: "sparse"; readonly starts: Int32Array; readonly places: Int32Array; readonly numbers: Float32Array };

/** The description of a column. */
export interface Field {
  readonly name: string;
  readonly dtype: DType;
  readonly nullable: boolean;
  /** `[]` is a scalar, `[n]` a vector of n values; null until a transform was fitted. */
  readonly shape: readonly number[] | null;
  /**
   * The categories of an int32 code column: code i < n is `categories[i]`, n is missing, n + 1 is unseen; never negative,
   * because ONNX Gather takes -1 as the last entry. Null for any other column, and until a transform was fitted.
   */
  readonly categories: readonly string[] | null;
}

/** Immutable columns of one length. */
export interface Frame {
  readonly fields: readonly Field[];
  readonly length: number;
  /** Throws FRAME_NO_COLUMN, naming the nearest column. */
  column(name: string): Column;
}

/** A stream of frames with the same fields. */
export type Batches = AsyncIterable<Frame>;

/** Rows that can be read again and again. A batch never cuts a group where the problem is ranking. */
export interface Rows {
  /** How many rows all batches hold together. */
  readonly count: number;
  read(signal: AbortSignal): Batches;
}
