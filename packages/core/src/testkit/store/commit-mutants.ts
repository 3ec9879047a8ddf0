import type { Change, Store, Stored } from "../../contracts/store.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { createMemoryStore } from "../memory-store.js";
import { after, before, mapChanges, mapStored, rethrow, type StoreMutant } from "./mistakes.js";

/** By the law that is to break: a mistake that an author could make. */
export const commitMutants: Record<string, StoreMutant> = {
  "a record that was never written is null": (store) => ({ ...store, get: async (entity, id) => (await store.get(entity, id)) ?? (undefined as never) }),
  "a committed record comes back with its id and revision 1": (store) => mapStored(store, (stored) => ({ ...stored, revision: stored.revision - 1 })),
  "one id in two entities is two records": (store) => ({ ...mapChanges(store, (change) => ({ ...change, entity: "lease" }) as Change), get: (_, id) => store.get("lease", id) as never }),
  "revisions grow by one with each change": (store) => ({
    ...mapChanges(store, (change) => ({ ...change, expect: change.expect === null ? null : 2 ** (change.expect - 1) })),
    get: async (entity, id) => {
      const stored = await store.get(entity, id);
      return stored === null ? null : { ...stored, revision: 2 * stored.revision - 1 };
    },
  }),
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
  "creating what exists is refused": (store) => before(store, async (changes) => Promise.all(changes.map(async (change) => (change.expect === null && change.value !== null ? { ...change, expect: (await store.get(change.entity, change.id))?.revision ?? null } : change)))),
  "a stale revision is refused": (store) => before(store, async (changes) => Promise.all(changes.map(async (change) => (change.expect === null ? change : { ...change, expect: (await store.get(change.entity, change.id))?.revision ?? change.expect })))),
  "changing what does not exist is refused": (store) => before(store, async (changes) => Promise.all(changes.map(async (change) => (change.value !== null && (await store.get(change.entity, change.id)) === null ? { ...change, expect: null } : change)))),
  "removing what does not exist is refused": (store) => before(store, async (changes) => {
    const kept = await Promise.all(changes.map(async (change) => change.value !== null || (await store.get(change.entity, change.id)) !== null));
    return changes.filter((_, i) => kept[i]);
  }),
  "a conflict names the record and both revisions": (store) => rethrow(store, (error) => (error.code === "STORE_CONFLICT" ? new MillraceError({ code: error.code, message: error.message, mend: error.mend }) : error)),
  "a conflict in the last change leaves nothing of the earlier ones": (store) => ({
    ...store,
    async commit(changes) {
      for (const change of changes) await store.commit([change]);
    },
  }),
  "a conflict in the first change keeps the later ones out": (store) => ({
    ...store,
    async commit(changes) {
      const results = await Promise.allSettled([store.commit(changes), ...changes.slice(1).map((change) => (changes.length < 3 ? store.commit([change]) : null))]);
      if (results[0]!.status === "rejected") throw results[0]!.reason;
    },
  }),
  "a later change of one commit sees the earlier ones": (store) => before(store, async (changes) => {
    const seen = new Set<string>();
    for (const { entity, id } of changes) {
      if (seen.has(`${entity} ${id}`)) throw new MillraceError({ code: "STORE_CONFLICT", message: "", mend: "" });
      seen.add(`${entity} ${id}`);
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
    return {
      ...store,
      async [Symbol.asyncDispose]() {
        if (isDisposed) throw new Error("disposed");
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
