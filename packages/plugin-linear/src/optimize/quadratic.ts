import type { Blocks } from "./metric.js";
import type { Structure } from "./structure.js";

/** A symmetric sparse matrix. */
export interface Quadratic {
  readonly diagonal: Float64Array;
  /** Off the diagonal: row j has the entries `from[j] ... from[j + 1]` of `columns` and `values`. */
  readonly from: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** The blocks of all outputs as one matrix; `size`: parameters of one output. */
export function quadraticOf(blocks: readonly Blocks[], structure: Structure, size: number): Quadratic {
  const rows: Rows = Array.from({ length: blocks.length * size }, () => ({ columns: [], values: [] }));
  const diagonal = new Float64Array(rows.length);
  blocks.forEach((block, k) => fillRows(block, structure, k * size, rows, diagonal.subarray(k * size, (k + 1) * size)));
  const from = new Int32Array(rows.length + 1);
  rows.forEach(({ columns }, j) => (from[j + 1] = from[j]! + columns.length));
  return { diagonal, from, columns: Int32Array.from(rows.flatMap(({ columns }) => columns)), values: Float64Array.from(rows.flatMap(({ values }) => values)) };
}

/** Its product with a vector. */
export function multiply({ diagonal, from, columns, values }: Quadratic, vector: Float64Array): Float64Array {
  return diagonal.map((own, j) => {
    let sum = own * vector[j]!;
    for (let p = from[j]!; p < from[j + 1]!; p++) sum += values[p]! * vector[columns[p]!]!;
    return sum;
  });
}

type Rows = readonly { readonly columns: number[]; readonly values: number[] }[];

function fillRows({ small, cross, diagonal }: Blocks, { width, short, long }: Structure, base: number, rows: Rows, own: Float64Array): void {
  const parameters = smallParameters(width, short);
  const put = (a: number, b: number, value: number) => {
    if (value === 0) return;
    rows[base + a]!.columns.push(base + b);
    rows[base + a]!.values.push(value);
    rows[base + b]!.columns.push(base + a);
    rows[base + b]!.values.push(value);
  };
  own.set(diagonal);
  for (let i = 0; i < width; i++) {
    own[parameters[i]!] = small[i * (width + 1)]!;
    for (let j = 0; j < i; j++) put(parameters[i]!, parameters[j]!, small[i * width + j]!);
  }
  if (long !== null) for (let p = 0; p < cross.length; p++) put(long.column.offset + Math.trunc(p / width), parameters[p % width]!, cross[p]!);
}

/** The parameter of each column of the small block. */
function smallParameters(width: number, short: Structure["short"]): Int32Array {
  const parameters = Int32Array.from({ length: width }, (_, j) => j);
  for (const { column, at } of short) for (let code = 0; code < column.size; code++) parameters[at + code] = column.offset + code;
  return parameters;
}
