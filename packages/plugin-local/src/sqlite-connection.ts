import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseSync, type StatementSyncInstance } from "@photostructure/sqlite";
import { MillraceError } from "@millrace/core";
import { isBusy, sqliteError } from "./sqlite-error.js";
import { SCHEMA_VERSION } from "./sqlite-schema.js";

type Database = InstanceType<typeof DatabaseSync>;

export interface Connection {
  readonly path: string;
  readonly database: Database;
  /** A prepared statement, kept for the next call with the same text. */
  statement(text: string): StatementSyncInstance;
}

const TRIES = 4;

/** Opens the file, and makes or migrates it where it must; a current one opens without loading the query builder. */
export async function connect(path: string, busyMs: number): Promise<Connection> {
  return retryBusy(path, async () => {
    const database = open(path, busyMs);
    try {
      database.exec("pragma synchronous = normal");
      const version = userVersion(database);
      if (version > SCHEMA_VERSION) throw newer(path, version);
      if (version < SCHEMA_VERSION) {
        database.exec("pragma journal_mode = wal");
        await (await import("./sqlite-migrate.js")).migrate(database);
      }
    } catch (error) {
      database.close();
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

export function userVersion(database: Database): number {
  return (database.prepare("pragma user_version").get() as { user_version: number }).user_version;
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

function newer(path: string, version: number): MillraceError {
  return new MillraceError({
    code: "STORE_NEWER",
    message: `${path} was written by a newer version of Millrace: its schema is ${version}, this version knows ${SCHEMA_VERSION}.`,
    mend: "Update Millrace in this project: npm install millrace@latest.",
    facts: { path, version },
  });
}
