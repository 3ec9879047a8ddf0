import type { Entities } from "../../contracts/entities.js";
import type { Entity, Query, Store, Stored } from "../../contracts/store.js";
import { rethrow, type StoreMutant } from "./mistakes.js";

type Find = (rows: readonly Stored<Record<string, unknown>>[], query: Query<Record<string, unknown>>) => readonly Stored<Record<string, unknown>>[];

/** By the law that is to break: a mistake that an author could make. */
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
