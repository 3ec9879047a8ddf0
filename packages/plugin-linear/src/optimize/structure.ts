import type { CodeColumn, Shape } from "../matrix/matrix.js";

/** Entries of all blocks together: 64 MB as float64. */
const ENTRIES = 8_000_000;

/** A code column and its place among the matrix's code columns. */
export interface Placed {
  readonly column: CodeColumn;
  readonly index: number;
  /** Where it starts in the small block; unused by columns outside. */
  readonly at: number;
}

/**
 * How second derivatives are kept. Categories of one column never meet in a row, so that a column's own block is diagonal:
 * intercept, numbers and the short code columns form one `small` dense block; one long column is kept exactly too, by its
 * diagonal and its products with the small block; whatever is left, sparse vectors among it, is kept by its diagonal alone.
 */
export interface Structure {
  /** Parameters in the small block: the intercept, the numbers, then the short columns. */
  readonly width: number;
  readonly short: readonly Placed[];
  readonly long: Placed | null;
  readonly rest: readonly Placed[];
  /** Whether nothing is left out. */
  readonly exact: boolean;
}

/** The widest small block whose factorization costs about as much as a few passes over the rows, within the budget of memory. */
export function structureOf({ width: numbers, codeColumns, sparseColumns }: Shape, rows: number, outputs: number): Structure {
  const budget = ENTRIES / outputs;
  const limit = Math.min(1024, Math.sqrt(budget), Math.max(96, Math.cbrt(1000 * rows)));
  let width = 1 + numbers;
  const short: Placed[] = [];
  const others: Placed[] = [];
  const bySize = codeColumns.map((column, index) => ({ column, index })).toSorted((a, b) => a.column.size - b.column.size);
  for (const placed of bySize) {
    if (width + placed.column.size > limit) others.push({ ...placed, at: -1 });
    else {
      short.push({ ...placed, at: width });
      width += placed.column.size;
    }
  }
  const long = others.findLast(({ column }) => width * (width + column.size) <= budget) ?? null;
  const rest = others.filter((placed) => placed !== long);
  return { width, short, long, rest, exact: rest.length === 0 && sparseColumns.length === 0 };
}

/** The parameter of each column of the small block. */
export function smallParameters({ width, short }: Structure): Int32Array {
  const parameters = Int32Array.from({ length: width }, (_, j) => j);
  for (const { column, at } of short) for (let code = 0; code < column.size; code++) parameters[at + code] = column.offset + code;
  return parameters;
}
