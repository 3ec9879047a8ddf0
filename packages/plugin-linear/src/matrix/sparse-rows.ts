import { type Field, type Frame, requireMemory, type SparseColumn, widthOf } from "@millrace/core";
import { infinite } from "./infinite.js";
import type { SparseColumns, SparseRows } from "./matrix.js";

/** What is not 0 of a row, as it is read: place p of field f is entry `offsets[f] + p`. */
export interface SparseBuffers {
  readonly fields: readonly Field[];
  readonly starts: Int32Array;
  entries: Int32Array;
  numbers: Float32Array;
  /** By entry: the weight of the rows that have it. */
  readonly seen: Float64Array;
}

/** `fields`: sparse vectors, of which `rows` rows will come. */
export function createSparse(fields: readonly Field[], rows: number): SparseBuffers {
  return { fields, starts: new Int32Array(rows + 1), entries: new Int32Array(0), numbers: new Float32Array(0), seen: new Float64Array(fields.reduce((sum, field) => sum + widthOf(field), 0)) };
}

/** Copies the sparse columns of a frame behind the first `at` rows. `beside`: what the matrix takes besides. Throws DATA_INFINITE and, before it grows beyond the budget, LIMIT_MEMORY. */
export function copySparse(frame: Frame, buffers: SparseBuffers, at: number, weight: Float64Array | null, beside: number, limits: { readonly memoryBytes: number }): void {
  const columns = buffers.fields.map(({ name }) => frame.column(name) as SparseColumn);
  const more = columns.reduce((sum, { places }) => sum + places.length, 0);
  reserve(buffers, buffers.starts[at]! + more, beside, limits);
  const { starts, entries, numbers, seen } = buffers;
  let end = starts[at]!;
  for (let row = 0; row < frame.length; row++) {
    let offset = 0;
    const w = weight === null ? 1 : weight[at + row]!;
    // A row that weighs nothing teaches no place.
    if (w !== 0) columns.forEach((column, index) => {
      for (let k = column.starts[row]!; k < column.starts[row + 1]!; k++) {
        const number = column.numbers[k]!;
        if (number - number !== 0) throw infinite(buffers.fields[index]!.name, at + row, number);
        const entry = offset + column.places[k]!;
        entries[end] = entry;
        numbers[end++] = number;
        seen[entry] = seen[entry]! + w;
      }
      offset += widthOf(buffers.fields[index]!);
    });
    starts[at + row + 1] = end;
  }
}

function reserve(buffers: SparseBuffers, length: number, beside: number, limits: { readonly memoryBytes: number }): void {
  if (length <= buffers.entries.length) return;
  const room = Math.max(length, Math.ceil(1.5 * buffers.entries.length));
  requireMemory(`The training matrix of ${buffers.starts.length - 1} rows and at least ${length} tokens`, beside + 8 * room, limits);
  const { entries, numbers } = buffers;
  buffers.entries = new Int32Array(room);
  buffers.entries.set(entries);
  buffers.numbers = new Float32Array(room);
  buffers.numbers.set(numbers);
}

/** The places that some row has become parameters, numbered from `offset`: weights of the others stay 0, and take no room. */
export function compactSparse({ fields, starts, entries, numbers, seen }: SparseBuffers, offset: number): SparseColumns & { readonly rows: SparseRows; readonly seen: Float64Array } {
  const parameters = new Int32Array(seen.length);
  const weights: number[] = [];
  let first = 0;
  const sparseColumns = fields.map((field) => {
    const places: number[] = [];
    const start = offset + weights.length;
    for (let place = 0; place < widthOf(field); place++) {
      if (seen[first + place] === 0) continue;
      parameters[first + place] = offset + weights.length;
      weights.push(seen[first + place]!);
      places.push(place);
    }
    first += widthOf(field);
    return { feature: field.name, length: widthOf(field), places: Int32Array.from(places), offset: start };
  });
  const count = starts.at(-1)!;
  const own = entries.subarray(0, count);
  for (let k = 0; k < count; k++) own[k] = parameters[own[k]!]!;
  return { sparseColumns, rows: { starts, entries: own, numbers: numbers.subarray(0, count) }, seen: Float64Array.from(weights) };
}
