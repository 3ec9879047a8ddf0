import type { Field, Piece, TextColumn } from "@millrace/core";
import { collect } from "./collected.js";
import { openSession, type Library, type Session } from "./session.js";
import type { Tables } from "./tables.js";

/** Texts of a run: tokens are padded to the longest text among them, so that one long text must not meet all others. */
const CHUNK_TEXTS = 4_096;

/** The part of a graph that depends on one text column alone. */
export interface TextPiece {
  readonly input: string;
  /** The values that leave the piece, and each row's place in their tables. */
  run(column: TextColumn): Promise<{ readonly tables: Tables; readonly codes: Int32Array }>;
  release(): Promise<void>;
}

/** `sparse`: the fields of outputs of the whole that are sparse vectors, by the names of their tensors. */
export async function openPiece(library: Library, { input, model, outputs }: Piece, sparse: ReadonlyMap<string, Field>): Promise<TextPiece> {
  const session = await openSession(library, model);
  const widths = new Map(outputs.map(({ name, width }) => [name, width ?? 0]));
  const known = new WeakMap<readonly string[], Tables>();
  return {
    input,
    async run(column) {
      const { codes, dictionary } = used(column);
      const tables = known.get(dictionary) ?? (await runOver(session, input, dictionary, widths, sparse));
      known.set(dictionary, tables);
      return { tables, codes };
    },
    release: session.release,
  };
}

async function runOver(session: Session, input: string, texts: readonly string[], widths: ReadonlyMap<string, number>, sparse: ReadonlyMap<string, Field>): Promise<Tables> {
  const collected = collect(texts.length, sparse);
  for (let from = 0; from < texts.length; from += CHUNK_TEXTS) {
    const chunk = texts.length <= CHUNK_TEXTS ? texts : texts.slice(from, from + CHUNK_TEXTS);
    const results = await session.run(new Map([[input, { dtype: "string", dims: [chunk.length, 1], values: chunk }]]));
    for (const [name, tensor] of results) collected.append(name, tensor, from, from + chunk.length);
  }
  return { dense: new Map([...collected.tensors].map(([name, { tensor }]) => [name, { tensor, width: widths.get(name)! }])), sparse: collected.sparse() };
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
