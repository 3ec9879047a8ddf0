import type { Shape } from "../matrix/matrix.js";
import { factor, solve } from "./cholesky.js";
import { type Gram, pairsOf } from "./gram.js";
import type { Placed, Structure } from "./structure.js";

/** An approximation of the second derivatives of one output, factored. */
export interface Metric {
  /** Replaces a gradient `vector[base ...]` by metric^-1 gradient. */
  solve(vector: Float64Array, base: number): void;
}

/** gram + diag(l2) in blocks: see Structure. */
export interface Blocks {
  /** width x width, row-major, lower triangle. */
  readonly small: Float64Array;
  /** One row of `width` per entry of the long column. */
  readonly cross: Float64Array;
  /** By parameter; used for the long column and the rest. */
  readonly diagonal: Float64Array;
}

export function createBlocks(gram: Gram, structure: Structure, shape: Shape, l2: Float64Array): Blocks {
  const { width, short, long } = structure;
  const head = 1 + shape.width;
  const small = new Float64Array(width * width);
  const cross = new Float64Array(width * (long?.column.size ?? 0));
  for (let j = 0; j < head; j++) for (let k = 0; k <= j; k++) small[j * width + k] = gram.numbers[j * head + k]!;
  for (const { column, at } of short) copyRows(gram.byEntry.subarray(column.offset * head), column.size, head, small, at * width, width);
  if (long !== null) copyRows(gram.byEntry.subarray(long.column.offset * head), long.column.size, head, cross, 0, width);
  pairsOf(structure).forEach(({ row, column }, index) => {
    const [target, at] = row === long ? [cross, column.at] : [small, row.at * width + column.at];
    copyRows(gram.tables[index]!, row.column.size, column.column.size, target, at, width);
  });
  const diagonal = Float64Array.from(l2, (penalty, j) => penalty + (j < shape.sparseOffset ? gram.byEntry[j * head]! : gram.squares[j - shape.sparseOffset]!));
  for (let j = 0; j < head; j++) small[j * (width + 1)] = small[j * (width + 1)]! + l2[j]!;
  // A category's own entry equals its product with the intercept.
  for (const { column, at } of short) for (let code = 0; code < column.size; code++) small[(at + code) * (width + 1)] = diagonal[column.offset + code]!;
  return { small, cross, diagonal };
}

/**
 * Factors; takes the blocks over. The long column is eliminated first: its block is diagonal, so that its Schur complement costs
 * only the products that occur, and what is left to factor is the small block.
 */
export function createMetric({ small, cross, diagonal }: Blocks, { width, short, long, rest }: Structure, shape: Shape): Metric {
  const numbers = 1 + shape.width;
  // Infinity where neither rows nor penalty say anything: such a weight stays where it is.
  const inverse = diagonal.map((x) => (x > 0 ? 1 / x : 0));
  const offset = long?.column.offset ?? 0;
  const scale = Float64Array.from({ length: width }, (_, j) => small[j * (width + 1)]!);
  eliminate(small, cross, inverse, offset, width);
  factor(small, width, scale);
  const head = new Float64Array(width);
  return {
    solve(vector, base) {
      head.set(vector.subarray(base, base + numbers));
      for (const placed of short) head.set(part(vector, base, placed), placed.at);
      forward(cross, inverse, offset, vector, base, head);
      solve(small, width, head);
      backward(cross, inverse, offset, vector, base, head);
      vector.set(head.subarray(0, numbers), base);
      for (const placed of short) part(vector, base, placed).set(head.subarray(placed.at, placed.at + placed.column.size));
      for (const { column } of rest) for (let j = column.offset; j < column.offset + column.size; j++) vector[base + j] = vector[base + j]! * inverse[j]!;
      for (let j = shape.sparseOffset; j < shape.size; j++) vector[base + j] = vector[base + j]! * inverse[j]!;
    },
  };
}

function part(vector: Float64Array, base: number, { column }: Placed): Float64Array {
  return vector.subarray(base + column.offset, base + column.offset + column.size);
}

function copyRows(source: Float64Array, rows: number, width: number, target: Float64Array, at: number, stride: number): void {
  for (let i = 0; i < rows; i++) target.set(source.subarray(i * width, (i + 1) * width), at + i * stride);
}

/** small -= cross^T diagonal^-1 cross, over the entries that are not 0. */
function eliminate(small: Float64Array, cross: Float64Array, inverse: Float64Array, offset: number, width: number): void {
  const found = new Int32Array(width);
  for (let row = 0, j = offset; row < cross.length; row += width, j++) {
    let count = 0;
    for (let k = 0; k < width; k++) if (cross[row + k] !== 0) found[count++] = k;
    for (let a = 0; a < count; a++) {
      const share = cross[row + found[a]!]! * inverse[j]!;
      const target = found[a]! * width;
      for (let b = 0; b <= a; b++) small[target + found[b]!] = small[target + found[b]!]! - share * cross[row + found[b]!]!;
    }
  }
}

function forward(cross: Float64Array, inverse: Float64Array, offset: number, vector: Float64Array, base: number, head: Float64Array): void {
  const width = head.length;
  for (let row = 0, j = offset; row < cross.length; row += width, j++) {
    const share = vector[base + j]! * inverse[j]!;
    if (share !== 0) for (let k = 0; k < width; k++) head[k] = head[k]! - share * cross[row + k]!;
  }
}

function backward(cross: Float64Array, inverse: Float64Array, offset: number, vector: Float64Array, base: number, head: Float64Array): void {
  const width = head.length;
  for (let row = 0, j = offset; row < cross.length; row += width, j++) {
    let sum = vector[base + j]!;
    for (let k = 0; k < width; k++) sum -= head[k]! * cross[row + k]!;
    vector[base + j] = sum * inverse[j]!;
  }
}
