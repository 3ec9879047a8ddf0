import type { Store, Stored } from "../../contracts/store.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { createMemoryStore } from "../memory-store.js";
import { after, before, mapStored, rethrow, type StoreMutant } from "./mistakes.js";

/** Places that were opened before. */
const opened = new WeakSet<object>();

/** By the law that is to break: a mistake that an author could make. */
export const commitMutants: Record<string, StoreMutant> = {
  "a record that was never written is null": (store, database) => {
    const isFirst = !opened.has(database);
    opened.add(database);
    let isFresh = isFirst;
    return {
      ...before(store, async (changes) => ((isFresh = false), changes)),
      get: async (entity, id) => (await store.get(entity, id)) ?? ((isFresh ? undefined : null) as never),
    };
  },
  "a committed record comes back with its id and revision 1": (store, database) => {
    let commits = 0;
    const isLone = (revision: number): boolean => commits === 1 && revision === 1 && [...database.rows.values()].every(({ size }) => size === 1);
    return mapStored(after(store, () => commits++), (stored) => (isLone(stored.revision) ? { ...stored, revision: 0 } : stored));
  },
  "one id in two entities is two records": (store) => before(store, async (changes) => changes.filter(({ entity, id }, at) => !changes.slice(0, at).some((each) => each.id === id && each.entity !== entity))),
  "revisions grow by one with each change": (store) => mapStored(store, (stored) => (stored.revision > 4 ? { ...stored, revision: stored.revision + 1 } : stored)),
  "null removes a record from get and find": (store, database) => ({
    ...store,
    async find(entity, query) {
      const removed = [...(database.rows.get(entity) ?? [])].filter(([, row]) => row.text === null);
      return [...(await store.find(entity, query)), ...removed.map(([id, row]) => ({ id, revision: row.revision, value: null as never }))];
    },
  }),
  "revisions go on across a removal": (store, database) => after(store, (changes) => {
    for (const { entity, id, value } of changes) if (value === null) database.rows.get(entity)?.delete(id);
  }),
  "creating what exists is refused": (store) => before(store, async (changes) => {
    const [change] = changes;
    if (changes.length !== 1 || change!.expect !== null || change!.value === null) return changes;
    return [{ ...change!, expect: (await store.get(change!.entity, change!.id))?.revision ?? null }];
  }),
  "a stale revision is refused": (store) => before(store, async (changes) => {
    const [change] = changes;
    if (changes.length !== 1 || change!.expect === null || change!.value !== null) return changes;
    return [{ ...change!, expect: (await store.get(change!.entity, change!.id))?.revision ?? change!.expect }];
  }),
  "changing what does not exist is refused": (store) => before(store, async (changes) => {
    const [change] = changes;
    return changes.length === 1 && change!.value !== null && (await store.get(change!.entity, change!.id)) === null ? [{ ...change!, expect: null }] : changes;
  }),
  "removing what does not exist is refused": (store) => before(store, async (changes) => {
    const kept = await Promise.all(changes.map(async (change) => change.value !== null || (await store.get(change.entity, change.id)) !== null));
    return changes.filter((_, i) => kept[i]);
  }),
  "a conflict names the record and both revisions": (store) => rethrow(store, (error) => (error.code === "STORE_CONFLICT" ? new MillraceError({ code: error.code, message: error.message, mend: error.mend }) : error)),
  "a conflict in the last change leaves nothing of the earlier ones": (store) => ({
    ...store,
    async commit(changes) {
      if (changes.length <= 2) return store.commit(changes);
      for (const change of changes) await store.commit([change]);
    },
  }),
  "a conflict in the first change keeps the later ones out": (store) => ({
    ...store,
    commit: (changes) =>
      store.commit(changes).catch(async (error: unknown) => {
        const [first, ...rest] = changes;
        if (MillraceError.is(error, "STORE_CONFLICT") && first!.expect === null && error.facts["id"] === first!.id && rest.every(({ id }) => id !== first!.id)) await store.commit(rest);
        throw error;
      }),
  }),
  "a later change of one commit sees the earlier ones": (store) => before(store, async (changes) => {
    const created = new Set<string>();
    for (const { entity, id, expect } of changes) {
      if (created.has(`${entity} ${id}`)) throw new MillraceError({ code: "STORE_CONFLICT", message: "", mend: "" });
      if (expect === null) created.add(`${entity} ${id}`);
    }
    return changes;
  }),
  "an empty commit changes nothing": (store) => before(store, async (changes) => {
    if (changes.length === 0) throw new Error("empty");
    return changes;
  }),
  "1,000 changes are one commit": (store) => before(store, async (changes) => (changes.length === 1_000 ? changes.slice(0, 999) : changes)),
  "two handles see each other's commits": cached,
  "of concurrent commits on one revision one wins": (store, database) => ({
    ...store,
    async commit(changes) {
      const rows = new Map([...database.rows].map(([entity, map]) => [entity, new Map(map)]));
      const copy = createMemoryStore({ rows, watchers: database.watchers });
      await copy.commit(changes);
      for (const [entity, map] of rows) database.rows.set(entity, map);
    },
  }),
  "what was committed is there when the store is opened again": (store, database) => ({
    ...store,
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      database.rows.clear();
    },
  }),
  "a store may be disposed of twice": (store) => {
    let isDisposed = false;
    let isWatched = false;
    return {
      ...store,
      watch: (entities, signal) => ((isWatched = true), store.watch(entities, signal)),
      async [Symbol.asyncDispose]() {
        if (isDisposed && !isWatched) throw new Error("disposed");
        isDisposed = true;
        await store[Symbol.asyncDispose]();
      },
    };
  },
};

/** Remembers what it read until it writes. */
function cached(store: Store): Store {
  const kept = new Map<string, Stored<unknown> | null>();
  return {
    ...after(store, () => kept.clear()),
    async get(entity, id) {
      const key = `${entity} ${id}`;
      if (!kept.has(key)) kept.set(key, await store.get(entity, id));
      return structuredClone(kept.get(key)) as never;
    },
  };
}
