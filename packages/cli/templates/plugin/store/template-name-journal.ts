import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readSync, rmdirSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { checkRecordId, jsonText, storeConflict, type Change, type Entity, type Stored } from "@millrace/core";

/** A lock that old belongs to a process that was killed. */
const STALE_MS = 10_000;
/** Between two tries to get the lock. */
const RETRY_MS = 2;

/** JSON text, so that what is returned is a copy; null: removed, and its revision goes on. */
interface Row {
  readonly revision: number;
  readonly text: string | null;
}

type Rows = Map<string, Row>;

/** Commits as lines of JSON, and the records that they make. All but waiting for the lock is synchronous: nothing comes in between. */
export function createJournal(file: string) {
  const entities = new Map<Entity, Rows>();
  const listeners = new Set<(changes: readonly Change[]) => void>();
  let read = 0;
  mkdirSync(dirname(file), { recursive: true });

  /** Takes in what was written since; a line without its end is one that is still being written, or was cut off. */
  const refresh = (): void => {
    const bytes = tail(file, read);
    const end = bytes.lastIndexOf(10) + 1;
    read += end;
    for (const line of bytes.subarray(0, end).toString("utf8").split("\n")) if (line !== "") apply(JSON.parse(line) as Change[]);
  };
  const apply = (changes: readonly Change[]): void => {
    for (const [entity, rows] of staged(entities, changes)) entities.set(entity, rows);
    for (const listener of listeners) listener(structuredClone(changes) as Change[]);
  };
  return {
    refresh,
    get: (entity: Entity, id: string): Stored<unknown> | null => stored(id, entities.get(entity)?.get(id)),
    all: (entity: Entity): readonly Stored<unknown>[] => [...(entities.get(entity) ?? [])].flatMap(([id, row]) => stored(id, row) ?? []),
    listen(listener: (changes: readonly Change[]) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** All or nothing: what cannot be done throws before a byte is written. */
    commit: (changes: readonly Change[]): Promise<void> =>
      locked(`${file}.lock`, () => {
        refresh();
        staged(entities, changes);
        append(file, read, `${JSON.stringify(changes)}\n`);
        refresh();
      }),
  };
}

function stored(id: string, row: Row | undefined): Stored<unknown> | null {
  return row === undefined || row.text === null ? null : { id, revision: row.revision, value: JSON.parse(row.text) as unknown };
}

/** The records of the entities that change, every change done, or STORE_CONFLICT with nothing done. */
function staged(entities: ReadonlyMap<Entity, Rows>, changes: readonly Change[]): ReadonlyMap<Entity, Rows> {
  const result = new Map<Entity, Rows>();
  for (const { entity, id, expect, value } of changes) {
    checkRecordId(entity, id);
    const rows = result.get(entity) ?? new Map(entities.get(entity));
    result.set(entity, rows);
    const row = rows.get(id);
    const found = row === undefined || row.text === null ? null : row.revision;
    if (found !== expect || (expect === null && value === null)) throw storeConflict(entity, id, expect, found);
    rows.set(id, { revision: (row?.revision ?? 0) + 1, text: value === null ? null : jsonText(value, `The ${entity} "${id}"`) });
  }
  return result;
}

function tail(file: string, from: number): Buffer {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= from) return Buffer.alloc(0);
  const bytes = Buffer.alloc(size - from);
  const descriptor = openSync(file, "r");
  try {
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, from));
  } finally {
    closeSync(descriptor);
  }
}

/** Behind the last whole line: what a killed process left half-written goes. */
function append(file: string, at: number, line: string): void {
  const descriptor = openSync(file, "a+");
  try {
    ftruncateSync(descriptor, at);
    writeSync(descriptor, line);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Does something that no other process does at the same time: a folder can be made once only. */
async function locked(folder: string, work: () => void): Promise<void> {
  while (!lock(folder)) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  try {
    work();
  } finally {
    rmdirSync(folder);
  }
}

function lock(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const { mtimeMs } = statSync(folder, { throwIfNoEntry: false }) ?? { mtimeMs: Infinity };
    if (Date.now() - mtimeMs > STALE_MS) rmdirSync(folder);
    return false;
  }
}
