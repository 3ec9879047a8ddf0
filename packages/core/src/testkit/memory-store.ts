import type { Entities } from "../contracts/entities.js";
import type { Change, Entity, Query, Store, Stored } from "../contracts/store.js";
import { answerQuery } from "../record/answer-query.js";
import { jsonText } from "../record/json-text.js";
import { checkRecordId } from "../record/record-id.js";
import { storeConflict } from "../record/store-conflict.js";

/** What several handles share: JSON text, so that what is returned is a copy. `text` null: removed, and its revision goes on. */
interface Row {
  readonly revision: number;
  readonly text: string | null;
}

export interface MemoryDatabase {
  readonly rows: Map<Entity, Map<string, Row>>;
  readonly watchers: Set<(changes: readonly Change[]) => void>;
}

export function createMemoryDatabase(): MemoryDatabase {
  return { rows: new Map(), watchers: new Set() };
}

/** Records in this process's memory, for tests. Handles on one database see each other's commits. */
export function createMemoryStore(database: MemoryDatabase = createMemoryDatabase()): Store {
  const closing = new AbortController();
  return {
    async get(entity, id) {
      return stored(id, database.rows.get(entity)?.get(id));
    },
    async find(entity, query) {
      return answerQuery(allOf(database, entity), query as Query<Entities[typeof entity]>);
    },
    async commit(changes) {
      const staged = stage(database, changes);
      for (const [entity, rows] of staged) database.rows.set(entity, rows);
      const copies = JSON.stringify(changes);
      for (const watcher of database.watchers) watcher(JSON.parse(copies) as Change[]);
    },
    watch: (entities, signal) => watch(database, entities, AbortSignal.any([signal, closing.signal])),
    async [Symbol.asyncDispose]() {
      closing.abort();
    },
  };
}

function stored<T>(id: string, row: Row | undefined): Stored<T> | null {
  return row === undefined || row.text === null ? null : { id, revision: row.revision, value: JSON.parse(row.text) as T };
}

function allOf<K extends Entity>(database: MemoryDatabase, entity: K): Stored<Entities[K]>[] {
  const rows = [...(database.rows.get(entity) ?? [])];
  return rows.flatMap(([id, row]) => stored<Entities[K]>(id, row) ?? []);
}

/** The maps of the entities that change, with every change done, or STORE_CONFLICT with nothing done. */
function stage(database: MemoryDatabase, changes: readonly Change[]): Map<Entity, Map<string, Row>> {
  const staged = new Map<Entity, Map<string, Row>>();
  for (const { entity, id, expect, value } of changes) {
    checkRecordId(entity, id);
    const rows = staged.get(entity) ?? new Map(database.rows.get(entity));
    staged.set(entity, rows);
    const row = rows.get(id);
    const found = row === undefined || row.text === null ? null : row.revision;
    if (found !== expect || (expect === null && value === null)) throw storeConflict(entity, id, expect, found);
    rows.set(id, { revision: (row?.revision ?? 0) + 1, text: value === null ? null : jsonText(value, `The ${entity} "${id}"`) });
  }
  return staged;
}

function watch(database: MemoryDatabase, entities: readonly Entity[], signal: AbortSignal): AsyncIterable<Change> {
  const queue: Change[] = [];
  let wake: (() => void) | null = null;
  const watcher = (changes: readonly Change[]): void => {
    queue.push(...changes.filter((change) => entities.includes(change.entity)));
    wake?.();
  };
  const stop = (): void => {
    database.watchers.delete(watcher);
    wake?.();
  };
  database.watchers.add(watcher);
  if (signal.aborted) stop();
  else signal.addEventListener("abort", stop, { once: true });
  return (async function* () {
    try {
      while (!signal.aborted) {
        while (queue.length > 0 && !signal.aborted) yield queue.shift()!;
        if (!signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      stop();
    }
  })();
}
