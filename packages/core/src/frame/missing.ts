import type { Column } from "../contracts/frame.js";

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
  if (column.dtype === "string" || column.dtype === "bytes" || column.dtype === "sparse") throw new TypeError(`A ${column.dtype} column has no numbers.`);
  const numbers = column.values instanceof BigInt64Array ? fromInt64(column.values) : new Float64Array(column.values);
  if (column.dtype !== "float32" && column.validity !== null) clear(numbers, column.validity);
  return numbers;
}

/** By halves, which is four times as fast as by BigInt and rounds as Number does: the high half's product is exact, and the sum rounds once. */
function fromInt64(values: BigInt64Array): Float64Array {
  const low = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  const high = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < numbers.length; i++) numbers[i] = high[2 * i + 1]! * 4294967296 + low[2 * i]!;
  return numbers;
}

function clear(numbers: Float64Array, validity: Uint8Array): void {
  for (let i = 0; i < numbers.length; i++) if (((validity[i >> 3]! >> (i & 7)) & 1) === 0) numbers[i] = NaN;
}
