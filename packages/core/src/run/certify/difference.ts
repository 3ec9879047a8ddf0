import type { Column, Frame } from "../../contracts/frame.js";
import type { SparseColumn } from "../../frame/sparse-column.js";

/** How two predictions of the same rows differ. */
export interface Difference {
  readonly rows: number;
  /** Rows of which some output has other bits; all NaNs count as equal. */
  readonly different: number;
  /** Greatest distance of two float32 outputs, in units in the last place. */
  readonly maximumUlp: number;
  /** Rows of which a label, or which numbers there are, differs though all their numbers are equal. */
  readonly labels: number;
}

/** Compares outputs by name; the frames have the same outputs and length. */
export function difference(expected: Frame, found: Frame): Difference {
  const rows = new Uint8Array(expected.length);
  const labels = new Uint8Array(expected.length);
  let maximumUlp = 0;
  for (const { name } of expected.fields) {
    const left = expected.column(name);
    const right = found.column(name);
    if (left.dtype === "string") markTexts(left, right, labels);
    else if (left.dtype === "sparse") maximumUlp = Math.max(maximumUlp, markEntries(left, right as typeof left, rows, labels));
    else maximumUlp = Math.max(maximumUlp, markNumbers(left, right, rows));
  }
  return {
    rows: expected.length,
    different: rows.reduce((sum, differs, row) => sum + (differs | labels[row]!), 0),
    maximumUlp,
    labels: labels.reduce((sum, differs, row) => sum + (differs === 1 && rows[row] === 0 ? 1 : 0), 0),
  };
}

function markTexts(left: Extract<Column, { dtype: "string" }>, right: Column, labels: Uint8Array): void {
  if (right.dtype !== "string") return void labels.fill(1);
  for (let row = 0; row < labels.length; row++) if (left.dictionary[left.codes[row]!] !== right.dictionary[right.codes[row]!]) labels[row] = 1;
}

/** Other places are another row altogether. */
function markEntries(left: SparseColumn, right: SparseColumn, rows: Uint8Array, labels: Uint8Array): number {
  let greatest = 0;
  for (let row = 0; row < rows.length; row++) {
    const [from, count] = [left.starts[row]!, left.starts[row + 1]! - left.starts[row]!];
    const other = right.starts[row]!;
    if (right.starts[row + 1]! - other !== count) labels[row] = 1;
    for (let k = 0; k < count && labels[row] === 0; k++) {
      if (left.places[from + k] !== right.places[other + k]) labels[row] = 1;
      const distance = ulpDistance(left.numbers[from + k]!, right.numbers[other + k]!);
      if (distance !== 0) rows[row] = 1;
      greatest = Math.max(greatest, distance);
    }
  }
  return greatest;
}

function markNumbers(left: Column, right: Column, rows: Uint8Array): number {
  const a = left as Extract<Column, { dtype: "float32" }>;
  const b = right as Extract<Column, { dtype: "float32" }>;
  const width = a.values.length / Math.max(rows.length, 1);
  let greatest = 0;
  for (let i = 0; i < a.values.length; i++) {
    const distance = ulpDistance(a.values[i]!, b.values[i]!);
    if (distance === 0) continue;
    rows[Math.floor(i / width)] = 1;
    if (distance > greatest) greatest = distance;
  }
  return greatest;
}

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** How many float32 lie between two; 0 for equal bits and for two NaNs, Infinity where only one is NaN. */
export function ulpDistance(left: number, right: number): number {
  if (Number.isNaN(left) || Number.isNaN(right)) return Number.isNaN(left) && Number.isNaN(right) ? 0 : Infinity;
  return Math.abs(ordinal(left) - ordinal(right));
}

/** float32 in the order of the numbers, as integers; -0 comes right before 0. */
function ordinal(value: number): number {
  float[0] = value;
  return bits[0]! >= 0 ? bits[0]! : -(bits[0]! & 0x7fffffff) - 1;
}
