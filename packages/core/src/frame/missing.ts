import type { Column } from "../contracts/frame.js";
import { BLOCK_ROWS, inBlocks } from "./blocks.js";

/** Whether a scalar row is missing (see Column for the one representation per dtype). */
export function isMissing(column: Column, row: number): boolean {
  switch (column.dtype) {
    case "string":
      return column.codes[row] === 0;
    case "float32":
    case "float64":
      return Number.isNaN(column.values[row]);
    case "sparse":
      return false;
    default:
      return column.validity !== null && ((column.validity[row >> 3]! >> (row & 7)) & 1) === 0;
  }
}

/** The numbers of a numeric column as they cross the graph's border: float64, NaN where missing; float64 columns are returned as they are. */
export function toFloat64(column: Column): Float64Array {
  if (column.dtype === "float64") return column.values;
  const source = numeric(column);
  const numbers = new Float64Array(source.values.length);
  inBlocks(numbers.length, (from, to) => copyNumbers(source, from, to, numbers, from));
  return numbers;
}

const block = new Float64Array(BLOCK_ROWS);

/**
 * The numbers of toFloat64, some rows at a time: `values[from]` to `values[to - 1]` are those of the rows from `row` on. Columns of other types are
 * turned in one piece of memory that is used again: an array of all takes longer to get than to fill, and each few MB of them make V8 mark its whole
 * heap. `loop` keeps no values, and asks for those of no other column.
 */
export function eachFloat64(column: Column, loop: (values: Float64Array, from: number, to: number, row: number) => void): void {
  if (column.dtype === "float64") return inBlocks(column.values.length, (from, to) => loop(column.values, from, to, from));
  const source = numeric(column);
  inBlocks(source.values.length, (from, to) => {
    copyNumbers(source, from, to, block, 0);
    loop(block, 0, to - from, from);
  });
}

type NumericColumn = Exclude<Column, { readonly dtype: "string" | "bytes" | "sparse" }>;

function numeric(column: Column): NumericColumn {
  if (column.dtype === "string" || column.dtype === "bytes" || column.dtype === "sparse") throw new TypeError(`A ${column.dtype} column has no numbers.`);
  return column;
}

function copyNumbers(column: NumericColumn, from: number, to: number, numbers: Float64Array, at: number): void {
  const { values } = column;
  if (values instanceof BigInt64Array) copyInt64(values.subarray(from, to), numbers, at);
  else numbers.set(values.subarray(from, to), at);
  if ("validity" in column && column.validity !== null) clear(numbers, at, column.validity, from, to);
}

/** By halves, which is four times as fast as by BigInt and rounds as Number does: the high half's product is exact, and the sum rounds once. */
function copyInt64(values: BigInt64Array, numbers: Float64Array, at: number): void {
  const low = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  const high = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  for (let i = 0; i < values.length; i++) numbers[at + i] = high[2 * i + 1]! * 4294967296 + low[2 * i]!;
}

function clear(numbers: Float64Array, at: number, validity: Uint8Array, from: number, to: number): void {
  for (let i = from; i < to; i++) if (((validity[i >> 3]! >> (i & 7)) & 1) === 0) numbers[at + i - from] = NaN;
}
