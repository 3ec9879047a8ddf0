import type { Entities } from "../../contracts/entities.js";
import type { Change, Entity, Query, Store, Stored } from "../../contracts/store.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { createMemoryStore, type MemoryDatabase } from "../memory-store.js";

/** A store with one mistake, over a right one; `database` is what its handles share. */
export type StoreMutant = (store: Store, database: MemoryDatabase) => Store;

type Find = (rows: readonly Stored<Record<string, unknown>>[], query: Query<Record<string, unknown>>) => readonly Stored<Record<string, unknown>>[];

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

export const valueMutants: Record<string, StoreMutant> = {
  "text comes back letter for letter": (store) => mapText(store, (text) => text.normalize("NFC")),
  "numbers come back bit for bit": (store) => mapText(store, (text) => text.replace(/\d\.\d{16,}/g, (number) => Number(number).toPrecision(15))),
  "nested values come back as deep as they went in": (store) => mapText(store, (text) => text.replaceAll("[null]", "[]")),
  "a value of 2 MB comes back": (store) => mapStored(store, (stored) => (JSON.stringify(stored.value).length > 1_000_000 ? { ...stored, value: null } : stored)),
  "ids are told apart letter for letter": (store) => mapChanges(store, (change) => ({ ...change, id: change.id.trimEnd() }) as Change),
  "ids that are empty or have control characters are refused": (store) => mapChanges(store, (change) => ({ ...change, id: change.id.replace(/\p{Cc}.*/su, "") || "empty" }) as Change),
  "what JSON cannot hold is refused with its path": (store) => before(store, async (changes) => JSON.parse(JSON.stringify(changes, (_, value) => (typeof value === "bigint" ? String(value) : value))) as Change[]),
  "changing what was read changes nothing": (store) => {
    const kept = new Map<string, Stored<unknown>>();
    return {
      ...store,
      async get(entity, id) {
        const stored = await store.get(entity, id);
        const key = JSON.stringify([entity, id, stored?.revision]);
        if (stored !== null && !kept.has(key)) kept.set(key, stored);
        return (kept.get(key) ?? null) as never;
      },
    };
  },
  "changing what was committed changes nothing": (store) => {
    const kept = new Map<string, unknown>();
    return {
      ...after(store, (changes) => {
        for (const { entity, id, value } of changes) kept.set(`${entity} ${id}`, value);
      }),
      async get(entity, id) {
        const stored = await store.get(entity, id);
        return stored === null ? null : ({ ...stored, value: structuredClone(kept.get(`${entity} ${id}`) ?? stored.value) } as never);
      },
    };
  },
};

export const findMutants: Record<string, StoreMutant> = {
  "find gives nothing where nothing is": (store) => ({
    ...store,
    async find(entity, query) {
      const found = await store.find(entity, query);
      if (found.length === 0 && entity === "alias" && query.where === undefined) throw new Error("nothing");
      return found;
    },
  }),
  "find gives each record with its revision and value": (store) => ({ ...store, find: async (entity, query) => (await store.find(entity, query)).map((stored) => ({ ...stored, revision: 1 })) }),
  "find keeps to its entity": (store) => ({ ...store, find: async (entity, query) => [...(await store.find(entity, query)), ...(entity === "lease" ? ((await store.find("alias", {})) as never[]) : [])] }),
  "equality on one member": (store) => finding(store, (rows, { where = {} }) => (Object.keys(where).join() === "model" ? rows.slice(0, 1) : rows)),
  "equality on two members at once": (store) => relaxed(store, (query) => ({ ...query, where: Object.fromEntries(Object.entries(query.where ?? {}).filter(([, value]) => value !== undefined).slice(-1)) as never })),
  "equality is of whole texts, letter for letter": (store) => filtering(store, (row, { where = {} }) => Object.entries(where).every(([name, value]) => (typeof value === "string" && typeof row[name] === "string" ? row[name].toLowerCase() === value.toLowerCase() : equal(row, { [name]: value })))),
  "equality with null": (store) => filtering(store, (row, { where = {} }) => Object.entries(where).every(([name, value]) => value !== null && (value === undefined || row[name] === value))),
  // oxlint-disable-next-line eqeqeq
  "equality keeps types apart": (store) => filtering(store, (row, { where = {} }) => Object.entries(where).every(([name, value]) => value === undefined || (value === null ? row[name] === null : row[name] == value))),
  "a range of numbers holds both ends": (store) => filtering(store, (row, { where = {}, range }) => equal(row, where) && (typeof range?.to !== "number" || (row[range.member] as number) < range.to)),
  "a range of texts holds both ends": (store) => filtering(store, (row, { where = {}, range }) => equal(row, where) && (typeof range?.to !== "string" || range.to === "9" || (row[range.member] as string) < range.to)),
  "a member of another type is outside a range": (store) => ({
    ...store,
    async find(entity, query) {
      const found = await store.find(entity, query);
      if (query.range === undefined) return found;
      const { member } = query.range;
      return [...found, ...(await store.find(entity, { ...query, range: undefined })).filter(({ value }) => value[member] === null)];
    },
  }),
  "without an order, records come by id": (store) => finding(store, (rows, query) => (query.order === undefined ? [...rows].sort((a, b) => a.id.localeCompare(b.id)) : rows)),
  "numbers are ordered as numbers": (store) => sorting(store, (value) => (typeof value === "number" ? String(value) : hex(value))),
  "texts are ordered by code point": (store) => sorting(store, (value) => value),
  "null comes before all else": (store) => sorting(store, hex, 1),
  "ties come by id in both directions": (store) => ({
    ...store,
    async find(entity, query) {
      if (query.order?.direction !== "descending") return store.find(entity, query);
      const all = await store.find(entity, { ...query, order: { ...query.order, direction: "ascending" }, limit: 10_000, offset: 0 });
      return [...all].reverse().slice(query.offset ?? 0, (query.offset ?? 0) + (query.limit ?? 1_000));
    },
  }),
  "limit and offset cut a page out of the order": (store) => relaxed(store, (query) => ({ ...query, offset: query.limit === undefined && Number.isSafeInteger(query.offset) ? Math.min(0, query.offset!) : query.offset })),
  "the default limit is 1,000": (store) => relaxed(store, (query) => ({ ...query, limit: query.limit ?? 100_000 })),
  "equality, range, order and page work together": (store) => finding(store, (rows, query) => (query.where !== undefined && query.range !== undefined && query.order !== undefined ? rows.slice(0, 0) : rows)),
  "a member with a value of undefined is not asked for": (store) => relaxed(store, (query) => ({ ...query, where: Object.fromEntries(Object.entries(query.where ?? {}).map(([name, value]) => [name, value ?? null])) as never })),
  "a member that is no plain name is refused": (store) => rethrow(store, (error) => (error.message.includes("member") ? new Error("syntax error") : error)),
  "a limit or offset that is no whole number is refused": (store) => relaxed(store, (query) => ({ ...query, limit: Math.max(0, Math.floor(query.limit ?? 1_000)) || 0, offset: Math.max(0, Math.floor(query.offset ?? 0)) || 0 })),
};

export const watchMutants: Record<string, StoreMutant> = {
  "a watcher gets changes as they were committed, in order": (store) => mapWatched(store, async function* (changes) {
    for await (const change of changes) yield { ...change, expect: null };
  }),
  "a watcher gets what other handles commit": (store) => {
    const own: string[] = [];
    return {
      ...mapWatched(after(store, (changes) => own.push(...changes.map((change) => JSON.stringify(change)))), async function* (changes) {
        for await (const change of changes) if (own.includes(JSON.stringify(change))) yield change;
      }),
    };
  },
  "a watcher gets only the entities that it asked for": (store) => ({ ...store, watch: (_, signal) => store.watch(["lease", "run"], signal) }),
  "a refused commit is not told": (store, database) => ({
    ...store,
    commit: (changes) =>
      store.commit(changes).catch((error: unknown) => {
        for (const watcher of database.watchers) watcher(changes.slice(0, 1));
        throw error;
      }),
  }),
  "2,000 changes arrive, each once, in order": (store) => mapWatched(store, async function* (changes) {
    let count = 0;
    for await (const change of changes) if (++count <= 1_000) yield change;
  }),
  "changing what a watcher got changes nothing": (store) => {
    const kept = new Map<string, unknown>();
    return {
      ...mapWatched(store, async function* (changes) {
        for await (const change of changes) {
          kept.set(`${change.entity} ${change.id}`, change.value);
          yield change;
        }
      }),
      async get(entity, id) {
        const stored = await store.get(entity, id);
        return stored === null ? null : ({ ...stored, value: kept.get(`${entity} ${id}`) ?? stored.value } as never);
      },
    };
  },
  "a watcher gets nothing from before it was called": (store, database) => ({
    ...store,
    async *watch(entities: readonly Entity[], signal: AbortSignal) {
      for (const [id, row] of database.rows.get("lease") ?? []) yield { entity: "lease", id, expect: null, value: JSON.parse(row.text ?? "null") as never } satisfies Change;
      yield* store.watch(entities, signal);
    },
  }),
  "a watch begins with its call, not with its first read": (store) => ({
    ...store,
    async *watch(entities: readonly Entity[], signal: AbortSignal) {
      yield* store.watch(entities, signal);
    },
  }),
  "two watchers get every change": (store) => {
    const all: Change[] = [];
    return mapWatched(store, async function* (changes) {
      for await (const change of changes) {
        const text = JSON.stringify(change);
        const taken = all.some((each) => JSON.stringify(each) === text);
        all.push(change);
        if (!taken) yield change;
      }
    });
  },
  "a watch that waits ends when its signal fires": (store) => ({ ...store, watch: (entities, signal) => (signal.aborted ? store.watch(entities, signal) : store.watch(entities, new AbortController().signal)) }),
  "a watch with a signal that has fired is empty": (store) => ({ ...store, watch: (entities, signal) => store.watch(entities, signal.aborted ? new AbortController().signal : signal) }),
  "a watch ends when its store is disposed of": (store) => ({ ...store, async [Symbol.asyncDispose]() {} }),
};

function mapChanges(store: Store, map: (change: Change) => Change): Store {
  return { ...store, commit: (changes) => store.commit(changes.map(map)) };
}

function before(store: Store, map: (changes: readonly Change[]) => Promise<readonly Change[]>): Store {
  return { ...store, commit: async (changes) => store.commit(await map(changes)) };
}

function after(store: Store, work: (changes: readonly Change[]) => void): Store {
  return {
    ...store,
    async commit(changes) {
      await store.commit(changes);
      work(changes);
    },
  };
}

function mapStored(store: Store, map: (stored: Stored<unknown>) => Stored<unknown>): Store {
  return {
    ...store,
    async get(entity, id) {
      const stored = await store.get(entity, id);
      return stored === null ? null : (map(stored) as never);
    },
  };
}

function mapText(store: Store, map: (text: string) => string): Store {
  return mapStored(store, (stored) => ({ ...stored, value: JSON.parse(map(JSON.stringify(stored.value))) as unknown }));
}

function mapWatched(store: Store, map: (changes: AsyncIterable<Change>) => AsyncIterable<Change>): Store {
  return { ...store, watch: (entities, signal) => map(store.watch(entities, signal)) };
}

function rethrow(store: Store, map: (error: MillraceError) => Error): Store {
  const mapped = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw MillraceError.is(error) ? map(error) : error;
    }
  };
  return { ...store, commit: (changes) => mapped(store.commit(changes)), find: (entity, query) => mapped(store.find(entity, query)) };
}

function relaxed(store: Store, map: (query: Query<Record<string, unknown>>) => Query<Record<string, unknown>>): Store {
  return { ...store, find: (entity, query) => store.find(entity, map(query as never) as never) };
}

/** What the right store finds, changed. */
function finding(store: Store, find: Find): Store {
  return { ...store, find: async <K extends Entity>(entity: K, query: Query<Entities[K]>) => find((await store.find(entity, query)) as never, query as never) as never };
}

/** Another filter; order and page as they should be. */
function filtering(store: Store, keep: (row: Record<string, unknown>, query: Query<Record<string, unknown>>) => boolean): Store {
  return {
    ...store,
    async find(entity, query) {
      await store.find(entity, query);
      const { limit = 1_000, offset = 0, order, range } = query;
      const all = await store.find(entity, { ...(order === undefined ? {} : { order }), ...(range === undefined ? {} : { range }), limit: 100_000 });
      return all.filter(({ value }) => keep(value as never, query as never)).slice(offset, offset + limit);
    },
  };
}

function equal(row: Record<string, unknown>, where: object): boolean {
  return Object.entries(where).every(([name, value]) => value === undefined || (row[name] ?? null) === value);
}

/** Another order: by `<` over `key`, null at `nullRank`. */
function sorting(store: Store, key: (value: unknown) => unknown, nullRank = -1): Store {
  return {
    ...store,
    async find(entity, query) {
      const { limit = 1_000, offset = 0, order, ...rest } = query;
      await store.find(entity, query);
      if (order === undefined) return store.find(entity, query);
      const sign = order.direction === "ascending" ? 1 : -1;
      const rank = (value: unknown): number => (value === null ? nullRank : 0);
      const all = await store.find(entity, { ...rest, limit: 100_000 });
      return [...all].sort((a, b) => sign * compare(key(a.value[order.member]), key(b.value[order.member]), rank)).slice(offset, offset + limit);
    },
  };
}

function hex(value: unknown): unknown {
  return typeof value === "string" ? Buffer.from(value).toString("hex") : value;
}

function compare(a: unknown, b: unknown, rank: (value: unknown) => number): number {
  const ranks = rank(a) - rank(b);
  if (ranks !== 0 || a === null || b === null) return ranks;
  return (a as string) < (b as string) ? -1 : Number((a as string) > (b as string));
}

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
