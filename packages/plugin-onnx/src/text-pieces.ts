import type { Piece, TextColumn } from "@millrace/core";
import { appendTo, type Collected } from "./collected.js";
import { openSession, type Library, type Session } from "./session.js";
import type { Placed, Table } from "./tables.js";

/** Texts of a run: tokens are padded to the longest text among them, so that one long text must not meet all others. */
const CHUNK_TEXTS = 4_096;

/** The part of a graph that depends on one text column alone. */
export interface TextPiece {
  readonly input: string;
  /** The values that leave the piece, by name. */
  run(column: TextColumn): Promise<ReadonlyMap<string, Placed>>;
  release(): Promise<void>;
}

export async function openPiece(library: Library, { input, model, outputs }: Piece): Promise<TextPiece> {
  const session = await openSession(library, model);
  const widths = new Map(outputs.map(({ name, width }) => [name, width]));
  const known = new WeakMap<readonly string[], ReadonlyMap<string, Table>>();
  return {
    input,
    async run(column) {
      const { codes, dictionary } = used(column);
      const tables = known.get(dictionary) ?? (await runOver(session, input, dictionary, widths));
      known.set(dictionary, tables);
      return new Map([...tables].map(([name, table]) => [name, { table, codes }]));
    },
    release: session.release,
  };
}

async function runOver(session: Session, input: string, texts: readonly string[], widths: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, Table>> {
  const collected = new Map<string, Collected>();
  for (let from = 0; from < texts.length; from += CHUNK_TEXTS) {
    const chunk = texts.length <= CHUNK_TEXTS ? texts : texts.slice(from, from + CHUNK_TEXTS);
    const results = await session.run(new Map([[input, { dtype: "string", dims: [chunk.length, 1], values: chunk }]]));
    for (const [name, tensor] of results) collected.set(name, appendTo(collected.get(name) ?? null, tensor, from, from + chunk.length, texts.length));
  }
  return new Map([...collected].map(([name, { tensor }]) => [name, { tensor, width: widths.get(name)! }]));
}

/** The column with the texts that its rows use, where its dictionary is much larger (rows of a slice share that of the whole). */
function used(column: TextColumn): TextColumn {
  const { codes, dictionary } = column;
  if (dictionary.length <= 2 * codes.length + 64) return column;
  const places = new Map<number, number>();
  const compact = codes.map((code) => {
    const place = places.get(code) ?? places.size;
    places.set(code, place);
    return place;
  });
  return { dtype: "string", codes: compact, dictionary: Array.from(places.keys(), (code) => dictionary[code]!) };
}
