import { statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { DatabaseSync, type StatementSyncInstance } from "@photostructure/sqlite";
import { MillraceError } from "@millrace/core/plugin";
import type { Connection } from "./connection.js";
import { SCHEMA_VERSION } from "./sqlite-schema.js";
import { checkVersion, userVersion } from "./sqlite-version.js";

/**
 * Reads a file in a place that this process cannot write, such as the image of a container: SQLite cannot make the files beside it that
 * WAL needs, and takes the file as one that nobody changes (https://sqlite.org/uri.html, immutable). Where somebody with more rights changes
 * it all the same, it is opened anew. Throws STORE_NEWER, STORE_OPEN.
 */
export function frozenConnection(path: string): Connection {
  let stamp = stampOf(path);
  let database = openFrozen(path);
  const statements = new Map<string, StatementSyncInstance>();
  return {
    path,
    get database() {
      return database;
    },
    statement(text) {
      const now = stampOf(path);
      if (now !== stamp) {
        database.close();
        statements.clear();
        database = openFrozen(path);
        stamp = now;
      }
      const known = statements.get(text) ?? database.prepare(text);
      statements.set(text, known);
      return known;
    },
  };
}

/** Whether a file's last commits are in the file itself: what lies in a log beside it is not read. */
export function isWhole(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0;
}

function stampOf(path: string): string {
  const { mtimeMs, size, ino } = statSync(path);
  return `${mtimeMs} ${size} ${ino}`;
}

function openFrozen(path: string): Connection["database"] {
  const url = pathToFileURL(path);
  url.search = "?mode=ro&immutable=1";
  const database = new DatabaseSync(url.href, { readOnly: true });
  try {
    checkVersion(path, userVersion(database));
    if (userVersion(database) < SCHEMA_VERSION) throw outdated(path);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function outdated(path: string): MillraceError {
  return new MillraceError({
    code: "STORE_OPEN",
    message: `The store ${path} was written by an earlier version of Millrace, and cannot be brought up to date where it cannot be written.`,
    mend: "Open it once where it can be written: millrace models.",
    facts: { path },
  });
}
