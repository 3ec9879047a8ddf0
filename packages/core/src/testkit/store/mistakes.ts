import type { Change, Store, Stored } from "../../contracts/store.js";
import { MillraceError } from "../../errors/millrace-error.js";
import type { MemoryDatabase } from "../memory-store.js";

/** A store with one mistake, over a right one; `database` is what its handles share. */
export type StoreMutant = (store: Store, database: MemoryDatabase) => Store;

/** Each change other than it was given. */
export function mapChanges(store: Store, map: (change: Change) => Change): Store {
  return { ...store, commit: (changes) => store.commit(changes.map(map)) };
}

/** All changes of a commit, changed before they are committed. */
export function before(store: Store, map: (changes: readonly Change[]) => Promise<readonly Change[]>): Store {
  return { ...store, commit: async (changes) => store.commit(await map(changes)) };
}

/** What is done once a commit has passed. */
export function after(store: Store, work: (changes: readonly Change[]) => void): Store {
  return {
    ...store,
    async commit(changes) {
      await store.commit(changes);
      work(changes);
    },
  };
}

/** What `get` gives, changed. */
export function mapStored(store: Store, map: (stored: Stored<unknown>) => Stored<unknown>): Store {
  return {
    ...store,
    async get(entity, id) {
      const stored = await store.get(entity, id);
      return stored === null ? null : (map(stored) as never);
    },
  };
}

/** Errors of `commit` and `find`, changed. */
export function rethrow(store: Store, map: (error: MillraceError) => Error): Store {
  const mapped = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw MillraceError.is(error) ? map(error) : error;
    }
  };
  return { ...store, commit: (changes) => mapped(store.commit(changes)), find: (entity, query) => mapped(store.find(entity, query)) };
}
