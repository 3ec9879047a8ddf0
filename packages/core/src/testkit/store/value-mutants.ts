import type { Change, Store, Stored } from "../../contracts/store.js";
import { after, before, mapChanges, mapStored, type StoreMutant } from "./mistakes.js";

/** By the law that is to break: a mistake that an author could make. */
export const valueMutants: Record<string, StoreMutant> = {
  "text comes back letter for letter": (store) => mapText(store, (text) => text.replaceAll("\ufeff", "")),
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

function mapText(store: Store, map: (text: string) => string): Store {
  return mapStored(store, (stored) => ({ ...stored, value: JSON.parse(map(JSON.stringify(stored.value))) as unknown }));
}
