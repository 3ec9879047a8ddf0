import type { Block, Shape, SparseRows } from "../matrix/matrix.js";
import type { Placed, Structure } from "./structure.js";

/**
 * Sums over rows of h x x^T for the rows x of the matrix, as far as the structure keeps them. Each table is as compact as it can
 * be, for the sums go to random places: what is close together is in the cache.
 */
export interface Gram {
  /** Intercept and numbers with themselves: row-major, lower triangle. */
  readonly numbers: Float64Array;
  /** For each parameter before those of sparse vectors, its products with intercept and numbers. */
  readonly byEntry: Float64Array;
  /** Pairs of code columns, by `pairsOf`: entries of the row column x entries of the other, row-major. */
  readonly tables: readonly Float64Array[];
  /** Of each parameter of sparse vectors, its product with itself. */
  readonly squares: Float64Array;
}

export interface Pair {
  readonly row: Placed;
  readonly column: Placed;
}

/** The pairs of code columns that a structure keeps. */
export function pairsOf({ short, long }: Structure): readonly Pair[] {
  const kept = long === null ? short : [...short, long];
  return kept.flatMap((row, i) => kept.slice(0, i).map((column) => ({ row, column })));
}

export function createGram(shape: Shape, pairs: readonly Pair[]): Gram {
  const width = 1 + shape.width;
  return {
    numbers: new Float64Array(width * width),
    byEntry: new Float64Array(width * shape.sparseOffset),
    tables: pairs.map(({ row, column }) => new Float64Array(row.column.size * column.column.size)),
    squares: new Float64Array(shape.size - shape.sparseOffset),
  };
}

/** Adds a block of rows; `h[at ...]` are its weights. */
export function addToGram(gram: Gram, pairs: readonly Pair[], block: Block, h: Float64Array, at: number, from: number, count: number): void {
  addNumbers(gram, block, h, at, from, count);
  pairs.forEach(({ row, column }, index) => addPairs(gram.tables[index]!, row, column, block, h, at, from, count));
  if (block.sparse !== null) addSquares(gram.squares, block.sparse, block.sparseOffset, h, at, from, count);
}

function addSquares(squares: Float64Array, { starts, entries, numbers }: SparseRows, offset: number, h: Float64Array, at: number, from: number, count: number): void {
  for (let i = 0; i < count; i++)
    for (let k = starts[from + i]!; k < starts[from + i + 1]!; k++) squares[entries[k]! - offset] = squares[entries[k]! - offset]! + h[at + i]! * numbers[k]! * numbers[k]!;
}

function addNumbers(gram: Gram, block: Block, h: Float64Array, at: number, from: number, count: number): void {
  const { numbers, byEntry } = gram;
  const { entries } = block;
  const width = 1 + block.width;
  const codes = block.codeColumns.length;
  const x = new Float64Array(width);
  x[0] = 1;
  const hx = new Float64Array(width);
  let p = from * (width - 1);
  let q = from * codes;
  for (let i = 0; i < count; i++) {
    const weight = h[at + i]!;
    hx[0] = weight;
    for (let j = 1; j < width; j++) {
      x[j] = block.numbers[p++]!;
      hx[j] = weight * x[j]!;
    }
    for (let j = 0, cell = 0; j < width; j++, cell += width) for (let k = 0; k <= j; k++) numbers[cell + k] = numbers[cell + k]! + hx[j]! * x[k]!;
    for (let j = 0; j < codes; j++) {
      const cell = entries[q++]! * width;
      for (let k = 0; k < width; k++) byEntry[cell + k] = byEntry[cell + k]! + hx[k]!;
    }
  }
}

function addPairs(table: Float64Array, row: Placed, column: Placed, block: Block, h: Float64Array, at: number, from: number, count: number): void {
  const { entries } = block;
  const codes = block.codeColumns.length;
  const { size } = column.column;
  const start = -row.column.offset * size - column.column.offset;
  let p = from * codes + row.index;
  let q = from * codes + column.index;
  for (let i = 0; i < count; i++, p += codes, q += codes) {
    const cell = start + entries[p]! * size + entries[q]!;
    table[cell] = table[cell]! + h[at + i]!;
  }
}
