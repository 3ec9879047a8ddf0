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
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < numbers.length; i++) numbers[i] = Number(values[i]);
  if (column.dtype !== "float32" && column.validity !== null) for (let i = 0; i < numbers.length; i++) if (isMissing(column, i)) numbers[i] = NaN;
  return numbers;
}
