import type { Tensor } from "../contracts/graph.js";
import { sparseColumn, type SparseColumn } from "../frame/sparse-column.js";

type Packed = Extract<Tensor, { readonly dtype: "float32" }>;

/** A sparse column as the tensor of a graph (see Value): of each row the places, then the numbers, as many as the fullest row has, one at least. */
export function packSparse({ starts, places, numbers }: SparseColumn, width: number): Packed {
  const rows = starts.length - 1;
  let most = 1;
  for (let row = 0; row < rows; row++) most = Math.max(most, starts[row + 1]! - starts[row]!);
  const values = new Float32Array(rows * 2 * most);
  for (let row = 0; row < rows; row++) {
    const at = row * 2 * most;
    const [from, to] = [starts[row]!, starts[row + 1]!];
    values.fill(width, at + to - from, at + most);
    for (let k = from; k < to; k++) {
      values[at + k - from] = places[k]!;
      values[at + most + k - from] = numbers[k]!;
    }
  }
  return { dtype: "float32", dims: [rows, 2 * most], values };
}

/** The inverse. Places that do not ascend are put in order, and numbers at one place add up. */
export function unpackSparse({ dims, values }: Packed, width: number): SparseColumn {
  const [rows, columns] = dims as readonly [number, number];
  const most = columns / 2;
  const starts = new Int32Array(rows + 1);
  let entries = 0;
  for (let row = 0; row < rows; row++) {
    let last = -1;
    for (let at = row * columns; at < row * columns + most; at++) {
      const place = values[at]!;
      if (place >= width || values[at + most] === 0) continue;
      if (place <= last) return sparseColumn(Array.from({ length: rows }, (_, each) => entriesOf(values, each * columns, most, width)));
      last = place;
      entries++;
    }
    starts[row + 1] = entries;
  }
  const column: SparseColumn = { dtype: "sparse", starts, places: new Int32Array(entries), numbers: new Float32Array(entries) };
  for (let row = 0, k = 0; row < rows; row++)
    for (let at = row * columns; k < starts[row + 1]!; at++) {
      if (values[at]! >= width || values[at + most] === 0) continue;
      column.places[k] = values[at]!;
      column.numbers[k++] = values[at + most]!;
    }
  return column;
}

function entriesOf(values: Float32Array, from: number, most: number, width: number): readonly (readonly [number, number])[] {
  return Array.from({ length: most }, (_, k) => [values[from + k]!, values[from + most + k]!] as const).filter(([place]) => place < width);
}
