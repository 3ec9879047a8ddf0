import { toFloat64, type Column } from "@millrace/core";
import { increase } from "./level-counts.js";

/** The widest span of values that is counted in an array. */
const DENSE = 1 << 20;

/** Adds the rows of each whole number, under its decimal text; missing rows are left out. */
export function countWhole(column: Column, counts: Map<string, number>): void {
  const numbers = toFloat64(column);
  let least = Infinity;
  let greatest = -Infinity;
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row]!;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  if (least > greatest) return;
  if (greatest - least < DENSE) countDense(numbers, least, greatest, counts);
  else countSorted(numbers.slice().sort(), counts);
}

function countDense(numbers: Float64Array, least: number, greatest: number, counts: Map<string, number>): void {
  const byOffset = new Float64Array(greatest - least + 1);
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row]!;
    if (value === value) byOffset[value - least]!++;
  }
  for (let offset = 0; offset < byOffset.length; offset++) if (byOffset[offset]! > 0) increase(counts, String(least + offset), byOffset[offset]!);
}

/** NaNs are sorted last. */
function countSorted(numbers: Float64Array, counts: Map<string, number>): void {
  for (let start = 0; start < numbers.length && !Number.isNaN(numbers[start]); ) {
    let end = start + 1;
    while (end < numbers.length && numbers[end] === numbers[start]) end++;
    increase(counts, String(numbers[start]!), end - start);
    start = end;
  }
}
