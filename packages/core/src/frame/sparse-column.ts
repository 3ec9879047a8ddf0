import type { Column } from "../contracts/frame.js";

/** Vectors of which only what is not 0 is held (see Column). */
export type SparseColumn = Extract<Column, { readonly dtype: "sparse" }>;

/** The greatest length of a sparse vector: float32 holds each of its places, and its length. */
export const WIDEST_SPARSE = 2 ** 24;

/** One row as its places, in any order, and the numbers at them; numbers at one place add up, and what is 0 is left out. */
export type SparseRow = Iterable<readonly [place: number, number: number]>;

/** A canonical column of these rows. */
export function sparseColumn(rows: Iterable<SparseRow>): SparseColumn {
  const starts: number[] = [0];
  const places: number[] = [];
  const numbers: number[] = [];
  for (const row of rows) {
    const sums = new Map<number, number>();
    for (const [place, number] of row) sums.set(place, Math.fround((sums.get(place) ?? 0) + number));
    for (const [place, number] of [...sums].sort(([left], [right]) => left - right)) {
      if (number === 0) continue;
      places.push(place);
      numbers.push(number);
    }
    starts.push(places.length);
  }
  return { dtype: "sparse", starts: Int32Array.from(starts), places: Int32Array.from(places), numbers: Float32Array.from(numbers) };
}

export function takeSparse({ starts, places, numbers }: SparseColumn, indices: Int32Array): SparseColumn {
  const taken = new Int32Array(indices.length + 1);
  for (let row = 0; row < indices.length; row++) taken[row + 1] = taken[row]! + starts[indices[row]! + 1]! - starts[indices[row]!]!;
  const result = emptyOf(taken);
  for (let row = 0; row < indices.length; row++) {
    const from = starts[indices[row]!]!;
    const length = taken[row + 1]! - taken[row]!;
    // Rows of texts are short: a copy of so few is dearer by subarray and set.
    for (let k = 0, at = taken[row]!; k < length; k++, at++) {
      result.places[at] = places[from + k]!;
      result.numbers[at] = numbers[from + k]!;
    }
  }
  return result;
}

/** Rows [from, to); places and numbers are shared. */
export function sliceSparse({ starts, places, numbers }: SparseColumn, from: number, to: number): SparseColumn {
  const first = starts[from]!;
  const own = starts.subarray(from, to + 1);
  return { dtype: "sparse", starts: first === 0 ? own : own.map((start) => start - first), places: places.subarray(first, starts[to]), numbers: numbers.subarray(first, starts[to]) };
}

export function concatSparse(columns: readonly SparseColumn[]): SparseColumn {
  const rows = columns.reduce((sum, { starts }) => sum + starts.length - 1, 0);
  const starts = new Int32Array(rows + 1);
  let [row, entries] = [0, 0];
  for (const column of columns) {
    for (let at = 1; at < column.starts.length; at++) starts[++row] = entries + column.starts[at]!;
    entries += column.starts.at(-1)!;
  }
  const result = emptyOf(starts);
  let at = 0;
  for (const { places, numbers } of columns) {
    result.places.set(places, at);
    result.numbers.set(numbers, at);
    at += places.length;
  }
  return result;
}

function emptyOf(starts: Int32Array): SparseColumn {
  return { dtype: "sparse", starts, places: new Int32Array(starts.at(-1)!), numbers: new Float32Array(starts.at(-1)!) };
}
