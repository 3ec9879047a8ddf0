import { concat, createFrame, outputColumn, type Allocate, type Field, type Frame, type SparseColumn, type Tensor } from "@millrace/core";
import { arrayLike } from "./tables.js";

/** An output of a session over many chunks, in one array of all rows. */
export interface Collected {
  readonly tensor: Tensor;
  readonly bytesPerRow: number;
}

/** The outputs of a session over chunks of so many rows. */
export interface Collection {
  /** The output's rows [from, to). */
  append(name: string, chunk: Tensor, from: number, to: number): void;
  readonly tensors: ReadonlyMap<string, Collected>;
  /** The sparse ones; each chunk of them is as wide as its fullest row. */
  sparse(): ReadonlyMap<string, SparseColumn>;
  /** What a row took, of all outputs together. */
  bytesPerRow(): number;
}

/** `sparse`: the fields of the outputs that are sparse vectors. `allocate`: where arrays of all rows are laid. */
export function collect(rows: number, sparse: ReadonlyMap<string, Field>, allocate?: Allocate): Collection {
  const tensors = new Map<string, Collected>();
  const frames = new Map<string, Frame[]>();
  let sparseBytes = 0;
  return {
    tensors,
    append(name, chunk, from, to) {
      const field = sparse.get(name);
      if (field === undefined) return void tensors.set(name, appendTo(tensors.get(name) ?? null, chunk, { from, to, rows, allocate }));
      sparseBytes = 4 * chunk.dims[1]!;
      frames.set(name, [...(frames.get(name) ?? []), createFrame([field], [outputColumn(chunk, field)], to - from)]);
    },
    sparse: () => new Map([...frames].map(([name, parts]) => [name, concat(parts as [Frame, ...Frame[]]).column(sparse.get(name)!.name) as SparseColumn])),
    bytesPerRow: () => [...tensors.values()].reduce((sum, { bytesPerRow }) => sum + bytesPerRow, sparseBytes),
  };
}

interface ChunkPlace {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly allocate: Allocate | undefined;
}

/** The output with the chunk of rows [from, to) in its place; the first chunk makes the array, a lone one is the array. */
function appendTo(collected: Collected | null, chunk: Tensor, { from, to, rows, allocate }: ChunkPlace): Collected {
  if (to - from === rows) return { tensor: chunk, bytesPerRow: 0 };
  const width = chunk.values.length / (to - from);
  const { tensor, bytesPerRow } = collected ?? roomFor(chunk, width, rows, allocate);
  if (chunk.dtype === "string") for (let at = 0; at < chunk.values.length; at++) (tensor.values as string[])[from * width + at] = chunk.values[at]!;
  else (tensor.values as Float64Array).set(chunk.values as Float64Array, from * width);
  return { tensor, bytesPerRow };
}

function roomFor(chunk: Tensor, width: number, rows: number, allocate?: Allocate): Collected {
  const { dtype } = chunk;
  const dims = [rows, width];
  if (dtype === "string") return { tensor: { dtype, dims, values: Array.from({ length: rows * width }, () => "") }, bytesPerRow: width * 16 };
  const values = arrayLike(chunk, rows * width, allocate);
  return { tensor: { dtype, dims, values } as unknown as Tensor, bytesPerRow: width * values.BYTES_PER_ELEMENT };
}
