import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseSync, type StatementSyncInstance } from "@photostructure/sqlite";
import { MillraceError } from "@millrace/core/plugin";
import type { Connection } from "./connection.js";
import { isBusy, isReadOnly, sqliteError } from "./sqlite-error.js";
import { frozenConnection, isWhole } from "./sqlite-frozen.js";
import { SCHEMA_VERSION } from "./sqlite-schema.js";
import { checkVersion, userVersion } from "./sqlite-version.js";

type Database = InstanceType<typeof DatabaseSync>;

const TRIES = 4;

/** Opens the file, and makes or migrates it where it must; a current one opens without loading the query builder. One that cannot be written is read as it stands. */
export async function connect(path: string, busyMs: number): Promise<Connection> {
  return retryBusy(path, async () => {
    const database = open(path, busyMs);
    try {
      database.exec("pragma synchronous = normal");
      const version = userVersion(database);
      checkVersion(path, version);
      if (version < SCHEMA_VERSION) {
        database.exec("pragma journal_mode = wal");
        await (await import("./sqlite-migrate.js")).migrate(database);
      }
    } catch (error) {
      database.close();
      if (isReadOnly(error) && isWhole(path)) return frozenConnection(path);
      throw error;
    }
    const statements = new Map<string, StatementSyncInstance>();
    const statement = (text: string): StatementSyncInstance => {
      const known = statements.get(text) ?? database.prepare(text);
      statements.set(text, known);
      return known;
    };
    return { path, database, statement };
  });
}

/**
 * Closes the file with all commits in it, so that it may be copied alone. SQLite does that by itself only where no prepared statement is
 * left, and those live until the garbage collector meets them. Where it cannot be done (another process uses the file, the disk is full) nothing is lost:
 * who opens the file next reads the commits beside it.
 */
export function close({ database }: Connection): void {
  if (!database.isOpen) return;
  try {
    database.exec("pragma busy_timeout = 0; pragma wal_checkpoint(truncate)");
  } catch {
    // The commits stay where they are.
  } finally {
    database.close();
  }
}

/** Does `work` in one transaction that holds the write lock from its start: a reader that turns writer could not wait. */
export function transaction<T>({ database }: Connection, work: () => T): T {
  database.exec("begin immediate");
  try {
    const result = work();
    database.exec("commit");
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec("rollback");
    throw error;
  }
}

/** SQLite waits for a lock by itself; behind that, a few tries at random distances, so that waiting processes do not march in step. */
export async function retryBusy<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || tries === TRIES) throw sqliteError(error, path);
      await sleep(50 * tries * (0.5 + Math.random()));
    }
  }
}

function open(path: string, busyMs: number): Database {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return new DatabaseSync(path, { timeout: busyMs });
  } catch (cause) {
    if (isBusy(cause)) throw cause;
    throw new MillraceError({
      code: "STORE_OPEN",
      message: `The store ${path} cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}.`,
      mend: "Make the folder writable, or set store.with.path to a file that can be written.",
      cause,
      facts: { path },
    });
  }
}
