import type { Column } from "../contracts/frame.js";

/** Whether a scalar row is missing (see Column for the one representation per dtype). */
export function isMissing(column: Column, row: number): boolean {
  switch (column.dtype) {
    case "string":
      return column.codes[row] === 0;
    case "float32":
    case "float64":
      return Number.isNaN(column.values[row]);
    default:
      return column.validity !== null && ((column.validity[row >> 3]! >> (row & 7)) & 1) === 0;
  }
}

/** The numbers of a numeric column as they cross the graph's border: float64, NaN where missing; float64 columns are returned as they are. */
export function toFloat64(column: Column): Float64Array {
  if (column.dtype === "float64") return column.values;
  if (column.dtype === "string" || column.dtype === "bytes") throw new TypeError(`A ${column.dtype} column has no numbers.`);
  const { values } = column;
  const numbers = values instanceof BigInt64Array ? wordsToFloat64(values) : new Float64Array(values);
  if (column.dtype !== "float32" && column.validity !== null) for (let i = 0; i < numbers.length; i++) if (isMissing(column, i)) numbers[i] = NaN;
  return numbers;
}

/** Exact up to 2^53, as frames hold them: two words a value, because a BigInt a value takes ten times as long. */
function wordsToFloat64(values: BigInt64Array): Float64Array {
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < numbers.length; i++) numbers[i] = words[2 * i + 1]! * 4294967296 + (words[2 * i]! >>> 0);
  return numbers;
}
