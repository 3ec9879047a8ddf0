import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MillraceError, nearest, toRows, type Json, type Use } from "@millrace/core";
import { createExtension, createRegistry, type Engine } from "@millrace/core/engine";
import { defaults } from "../defaults.js";
import type { RunFrames } from "./run-frames.js";

/** Rows of an answer, at most. */
const MOST_ROWS = 10_000;

export interface FrameQueries extends AsyncDisposable {
  /** Names of the tables: the models', with _ for -. */
  readonly tables: readonly string[];
  /** The answer's rows, 10,000 at most. */
  query(sql: string): Promise<readonly Readonly<Record<string, Json>>[]>;
}

/** SQL over frames: each is written as a Parquet file to a temporary folder when a query first names it, and read by the source `sql`. */
export async function frameQueries(engine: Engine, frames: readonly RunFrames[]): Promise<FrameQueries> {
  // The embedded plugins, whatever the project names: the console needs these two.
  const registry = createRegistry(defaults);
  const scratch = await mkdtemp(join(tmpdir(), "millrace-console-"));
  const context = { ...engine.context, folder: scratch };
  const byTable = new Map(frames.map((one) => [tableOf(one.model), one]));
  const written = new Map<string, Promise<unknown>>();
  const write = async (table: string): Promise<unknown> => {
    const sink = await createExtension(registry, { kind: "sink", name: "parquet", with: { path: `${table}.parquet` } }, context);
    return sink.write(table, byTable.get(table)!.batches(), new AbortController().signal);
  };
  return {
    tables: [...byTable.keys()],
    async query(sql) {
      const named = [...byTable.keys()].filter((table) => new RegExp(String.raw`\b${table}\b`, "i").test(sql));
      for (const table of named) if (!written.has(table)) written.set(table, write(table));
      await Promise.all(named.map((table) => written.get(table)));
      const files = Object.fromEntries(named.map((table) => [table, `${table}.parquet`]));
      try {
        return await answer(sql.trim().replace(/;$/, ""), async (query) => rowsOf(await createExtension(registry, { kind: "source", name: "sql", with: { query, files } } as Use<"source">, context)));
      } catch (error) {
        throw MillraceError.is(error, "SOURCE_SQL") ? inConsole(error, [...byTable.keys()]) : error;
      }
    },
    [Symbol.asyncDispose]: () => rm(scratch, { recursive: true, force: true }),
  };
}

export function tableOf(model: string): string {
  return model.replaceAll("-", "_");
}

/** The same error with the mend of the console, which has tables where a config has `files`. */
function inConsole(error: MillraceError, tables: readonly string[]): MillraceError {
  const { table } = error.facts;
  const near = typeof table === "string" ? nearest(tableOf(table), tables) : null;
  const all = tables.length === 0 ? "There is no table yet: run the project first." : `The tables are: ${tables.join(", ")} (a model's name, with _ for -).`;
  return new MillraceError({ code: error.code, message: error.message, mend: near === null ? `Mend the query. ${all}` : `Did you mean "${near}"? ${all}`, cause: error, facts: error.facts });
}

/** Columns of types that no frame has (the sum of whole numbers is one) are cast, one after another. */
async function answer(query: string, ask: (query: string) => Promise<readonly Readonly<Record<string, Json>>[]>): ReturnType<FrameQueries["query"]> {
  try {
    return await ask(query);
  } catch (error) {
    if (!MillraceError.is(error, "SOURCE_TYPE")) throw error;
    const { column, type } = error.facts as { readonly column: string; readonly type: string };
    const name = `"${column.replaceAll('"', '""')}"`;
    return answer(`SELECT * REPLACE (CAST(${name} AS ${/^U?HUGEINT/.test(type) ? "DOUBLE" : "VARCHAR"}) AS ${name}) FROM (${query})`, ask);
  }
}

async function rowsOf(source: Awaited<ReturnType<typeof createExtension<"source">>>): Promise<readonly Readonly<Record<string, Json>>[]> {
  const rows: Readonly<Record<string, Json>>[] = [];
  for (const partition of await source.partitions()) {
    for await (const batch of source.read({ partition, columns: null, asOf: null, keys: null }, new AbortController().signal)) {
      for (const row of toRows(batch).slice(0, MOST_ROWS - rows.length)) rows.push(row);
      if (rows.length >= MOST_ROWS) return rows;
    }
  }
  return rows;
}
