import { borderTensor, createFrame, slice, type Allocate, type Column, type Field, type Signature, type Tensor } from "@millrace/core";
import { collect, type Collection } from "./collected.js";
import type { Columns } from "./predictor.js";
import type { Session } from "./session.js";
import { gather, roomFor, type Placed } from "./tables.js";

/** Rows of a chunk: the tensors of a narrow graph then stay in the processor's cache. */
const CHUNK_ROWS = 10_000;
/** A wide row makes the chunk shorter: inputs and outputs together take about this much. */
const CHUNK_BYTES = 2 ** 21;

/** What a session is fed for rows [from, to). */
export interface Feed {
  readonly bytesPerRow: number;
  slice(from: number, to: number): Tensor;
}

/** The feeds of a session: columns of the batch, and tables at the codes of theirs. */
export function feedsOf(session: Session, { inputs }: Signature, columns: Columns, tables: ReadonlyMap<string, Placed>, rows: number): ReadonlyMap<string, Feed> {
  const fields = new Map(inputs.map((field) => [field.name, field]));
  return new Map(session.inputs.map((name) => [name, tables.has(name) ? tableFeed(tables.get(name)!, rows) : columnFeed(columns.get(name)!, fields.get(name)!, rows)]));
}

/** All outputs of a session over rows [0, rows). How wide they are is known when the first chunk has run. `sparse`: the fields of those that are sparse vectors. */
export async function runChunks(session: Session, feeds: ReadonlyMap<string, Feed>, rows: number, sparse: ReadonlyMap<string, Field>, allocate?: Allocate): Promise<Collection> {
  const collected = collect(rows, sparse, allocate);
  const fedBytes = [...feeds.values()].reduce((sum, { bytesPerRow }) => sum + bytesPerRow, 0);
  let size = chunkRows(fedBytes);
  for (let from = 0; from < rows; ) {
    const to = Math.min(rows, from + size);
    const results = await session.run(new Map([...feeds].map(([name, feed]) => [name, feed.slice(from, to)])));
    for (const [name, tensor] of results) collected.append(name, tensor, from, to);
    if (from === 0) size = chunkRows(fedBytes + collected.bytesPerRow());
    from = to;
  }
  return collected;
}

/** Each chunk is written over the last one: a session has read its feeds when its run ends. */
function tableFeed({ table, codes }: Placed, rows: number): Feed {
  const bytesPerRow = table.width * 8;
  const room = table.tensor.dtype === "string" ? null : roomFor(table, Math.min(rows, chunkRows(bytesPerRow)));
  return { bytesPerRow, slice: (from, to) => gather(table, codes, from, to, room) };
}

function columnFeed(column: Column, field: Field, rows: number): Feed {
  if (column.dtype === "string") {
    const slice = (from: number, to: number) => borderTensor({ ...column, codes: column.codes.subarray(from, to) }, field, to - from);
    return { bytesPerRow: 16, slice };
  }
  if (column.dtype === "sparse") {
    const whole = createFrame([field], [column], rows);
    return { bytesPerRow: Math.ceil((8 * column.places.length) / rows), slice: (from, to) => borderTensor(slice(whole, from, to).column(field.name), field, to - from) };
  }
  const { dtype, dims, values } = borderTensor(column, field, rows) as Extract<Tensor, { dtype: "float32" | "float64" }>;
  const width = dims[1]!;
  return { bytesPerRow: width * values.BYTES_PER_ELEMENT, slice: (from, to) => ({ dtype, dims: [to - from, width], values: values.subarray(from * width, to * width) }) as Tensor };
}

function chunkRows(bytesPerRow: number): number {
  return Math.max(256, Math.min(CHUNK_ROWS, Math.floor(CHUNK_BYTES / Math.max(1, bytesPerRow))));
}
