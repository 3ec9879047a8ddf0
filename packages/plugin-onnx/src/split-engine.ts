import { borderTensor, outputColumn, type Column, type Field, type Signature, type Split, type Tensor, type TextColumn } from "@millrace/core";
import { appendTo, columnOf, type Collected } from "./collected.js";
import type { Columns, Engine } from "./predictor.js";
import { openSession, type Library, type Session } from "./session.js";
import { gather, gatherTexts, roomFor, type Table } from "./tables.js";
import { openPiece, type Hoisted } from "./text-pieces.js";

/** Rows of a chunk: the tensors of a narrow graph then stay in the processor's cache. */
const CHUNK_ROWS = 10_000;
/** A wide row makes the chunk shorter: inputs and outputs together take about this much. */
const CHUNK_BYTES = 2 ** 21;

/**
 * Texts run once per distinct value, numbers in chunks. `names`: the outputs of the whole, in its order; null: those of `rest`.
 * A table that leaves the model as it is never enters a session again.
 */
export async function openSplit(library: Library, cut: Split, names: readonly string[] | null, signature: Signature): Promise<Engine> {
  const pieces = await Promise.all(cut.pieces.map((piece) => openPiece(library, piece)));
  const rest = cut.rest === null ? null : await openSession(library, cut.rest);
  const outputs = names ?? rest!.outputs;
  return {
    async run(columns, rows) {
      const hoisted = new Map<string, Placed>();
      for (const piece of pieces) for (const [name, placed] of placedOf(await piece.run(columns.get(piece.input) as TextColumn))) hoisted.set(name, placed);
      const collected = rest === null ? null : await runChunks(rest, feedsOf(rest, signature.inputs, columns, hoisted, rows), rows);
      return signature.outputs.map((field, index) => {
        const name = outputs[index]!;
        return collected?.has(name) ? columnOf(collected.get(name)!, field) : gathered(hoisted.get(name)!, field, rows);
      });
    },
    async release() {
      for (const { release } of pieces) await release();
      await rest?.release();
    },
  };
}

interface Placed {
  readonly table: Table;
  readonly codes: Int32Array;
}

function placedOf({ tables, codes }: Hoisted): readonly (readonly [string, Placed])[] {
  return [...tables].map(([name, table]) => [name, { table, codes }]);
}

function gathered({ table, codes }: Placed, field: Field, rows: number): Column {
  return table.tensor.dtype === "string" ? gatherTexts(table.tensor.values, codes, field.name) : outputColumn(gather(table, codes, 0, rows, null), field);
}

/** What a session is fed for rows [from, to). */
interface Feed {
  readonly bytesPerRow: number;
  slice(from: number, to: number): Tensor;
}

function feedsOf(session: Session, inputs: readonly Field[], columns: Columns, hoisted: ReadonlyMap<string, Placed>, rows: number): ReadonlyMap<string, Feed> {
  const fields = new Map(inputs.map((field) => [field.name, field]));
  return new Map(session.inputs.map((name) => [name, hoisted.has(name) ? tableFeed(hoisted.get(name)!, rows) : columnFeed(columns.get(name)!, fields.get(name)!, rows)]));
}

/** Each chunk is written over the last one: a session has read its feeds when its run ends. */
function tableFeed({ table, codes }: Placed, rows: number): Feed {
  const room = table.tensor.dtype === "string" ? null : roomFor(table, Math.min(rows, CHUNK_ROWS));
  return { bytesPerRow: table.width * 8, slice: (from, to) => gather(table, codes, from, to, room) };
}

function columnFeed(column: Column, field: Field, rows: number): Feed {
  if (column.dtype === "string") {
    const slice = (from: number, to: number) => borderTensor({ ...column, codes: column.codes.subarray(from, to) }, field, to - from);
    return { bytesPerRow: 16, slice };
  }
  const { dtype, dims, values } = borderTensor(column, field, rows) as Extract<Tensor, { dtype: "float32" | "float64" }>;
  const width = dims[1]!;
  return { bytesPerRow: width * values.BYTES_PER_ELEMENT, slice: (from, to) => ({ dtype, dims: [to - from, width], values: values.subarray(from * width, to * width) }) as Tensor };
}

/** The first chunk shows how wide the outputs are, so it is short. */
async function runChunks(session: Session, feeds: ReadonlyMap<string, Feed>, rows: number): Promise<ReadonlyMap<string, Collected>> {
  const collected = new Map<string, Collected>();
  let size = Math.min(rows, CHUNK_ROWS);
  for (let from = 0; from < rows; ) {
    const to = Math.min(rows, from + size);
    const results = await session.run(new Map([...feeds].map(([name, feed]) => [name, feed.slice(from, to)])));
    for (const [name, tensor] of results) collected.set(name, appendTo(collected.get(name) ?? null, tensor, from, to, rows));
    if (from === 0) size = chunkRows(feeds, collected);
    from = to;
  }
  return collected;
}

function chunkRows(feeds: ReadonlyMap<string, Feed>, collected: ReadonlyMap<string, Collected>): number {
  let bytes = 1;
  for (const { bytesPerRow } of feeds.values()) bytes += bytesPerRow;
  for (const { bytesPerRow } of collected.values()) bytes += bytesPerRow;
  return Math.max(256, Math.min(CHUNK_ROWS, Math.floor(CHUNK_BYTES / bytes)));
}
