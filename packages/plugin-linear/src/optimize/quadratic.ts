import type { Blocks } from "./metric.js";
import { smallParameters, type Structure } from "./structure.js";

/** A symmetric sparse matrix. */
export interface Quadratic {
  readonly diagonal: Float64Array;
  /** Off the diagonal: row j has the entries `from[j] ... from[j + 1]` of `columns` and `values`. */
  readonly from: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

type Visit = (row: number, column: number, value: number) => void;

/** The blocks of all outputs as one matrix; `size`: parameters of one output. */
export function quadraticOf(blocks: readonly Blocks[], structure: Structure, size: number): Quadratic {
  const parameters = smallParameters(structure);
  const visitAll = (visit: Visit) => blocks.forEach((block, k) => visitLower(block, structure, parameters, (row, column, value) => visit(k * size + row, k * size + column, value)));
  const from = new Int32Array(blocks.length * size + 1);
  const count = (row: number) => (from[row + 1] = from[row + 1]! + 1);
  visitAll((row, column) => {
    count(row);
    count(column);
  });
  for (let j = 1; j < from.length; j++) from[j] = from[j]! + from[j - 1]!;
  const columns = new Int32Array(from.at(-1)!);
  const values = new Float64Array(columns.length);
  const next = from.slice();
  const put: Visit = (row, column, value) => {
    const p = next[row]!;
    columns[p] = column;
    values[p] = value;
    next[row] = p + 1;
  };
  visitAll((row, column, value) => {
    put(row, column, value);
    put(column, row, value);
  });
  return { diagonal: diagonalOf(blocks, structure, parameters), from, columns, values };
}

/** Its product with a vector. */
export function multiply({ diagonal, from, columns, values }: Quadratic, vector: Float64Array): Float64Array {
  return diagonal.map((own, j) => {
    let sum = own * vector[j]!;
    for (let p = from[j]!; p < from[j + 1]!; p++) sum += values[p]! * vector[columns[p]!]!;
    return sum;
  });
}

function diagonalOf(blocks: readonly Blocks[], { width }: Structure, parameters: Int32Array): Float64Array {
  const size = blocks[0]!.diagonal.length;
  const diagonal = new Float64Array(blocks.length * size);
  blocks.forEach((block, k) => {
    diagonal.set(block.diagonal, k * size);
    parameters.forEach((parameter, j) => (diagonal[k * size + parameter] = block.small[j * (width + 1)]!));
  });
  return diagonal;
}

/** The entries below the diagonal that are not 0. */
function visitLower({ small, cross }: Blocks, { width, long }: Structure, parameters: Int32Array, visit: Visit): void {
  for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) if (small[i * width + j] !== 0) visit(parameters[i]!, parameters[j]!, small[i * width + j]!);
  if (long === null) return;
  for (let row = 0; row < long.column.size; row++)
    for (let j = 0; j < width; j++) if (cross[row * width + j] !== 0) visit(long.column.offset + row, parameters[j]!, cross[row * width + j]!);
}
