import { rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { removeAbandoned, scratchName, type PluginContext } from "@millrace/core/plugin";
import { loadDuckDB } from "./duckdb.js";
import { quoteList, quoteText } from "./quote.js";

export type DatabaseContext = Pick<PluginContext, "home" | "limits">;

/** An in-memory database that reaches only the files it was opened for. */
export interface Database {
  readonly connection: DuckDBConnection;
  /** A folder of its own for spilled data and prepared copies; gone when the database is closed. */
  readonly scratch: string;
  close(): void;
  /** Ends the query that runs, and those to come: what is left to do is to close. */
  interrupt(): void;
}

/** How often a query is told again to stop: DuckDB forgets an interrupt that comes before its query begins. */
const INTERRUPT_MS = 20;

/**
 * Opens `:memory:` with one thread (so that row order never changes), half of the memory limit (frames take the rest), spilling
 * under the project's home, no extension downloads, UTC, and no file but `paths`. A signal that fires ends what runs in it.
 */
export async function openDatabase(context: DatabaseContext, paths: readonly string[], signal: AbortSignal | null = null): Promise<Database> {
  const { DuckDBInstance } = await loadDuckDB();
  const scratch = await claimScratch(context.home);
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  let interrupting: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    connection.interrupt();
    interrupting ??= setInterval(() => connection.interrupt(), INTERRUPT_MS);
  };
  signal?.addEventListener("abort", interrupt);
  const close = (): void => {
    signal?.removeEventListener("abort", interrupt);
    clearInterval(interrupting);
    connection.closeSync();
    instance.closeSync();
    rmSync(scratch, { recursive: true, force: true });
  };
  try {
    signal?.throwIfAborted();
    // SET, not options of create(): as options, the sandbox settings make DuckDB refuse its own start.
    for (const setting of [
      "autoinstall_known_extensions = false",
      "autoload_known_extensions = false",
      "TimeZone = 'UTC'",
      "preserve_insertion_order = true",
      `memory_limit = '${Math.max(64, Math.floor(context.limits.memoryBytes / 2 / 2 ** 20))}MiB'`,
      `temp_directory = ${quoteText(scratch)}`,
      `allowed_paths = ${quoteList(paths)}`,
      "enable_external_access = false",
      "lock_configuration = true",
    ])
      await connection.run(`SET ${setting}`);
    return { connection, scratch, close, interrupt };
  } catch (error) {
    close();
    throw error;
  }
}

/** A folder that goes with its process: what a killed one left behind goes first. */
async function claimScratch(home: string): Promise<string> {
  const parent = join(home, "tmp");
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent);
  const scratch = join(parent, scratchName("duckdb"));
  await mkdir(scratch);
  return scratch;
}
