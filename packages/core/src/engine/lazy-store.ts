import type { Change, Store } from "../contracts/store.js";

/** A store that is opened with the first call: a mistake in the config is told before anything is made, and a command that needs no records makes none. */
export function lazyStore(open: () => Promise<Store>): Store {
  let opened: Promise<Store> | null = null;
  const store = (): Promise<Store> => (opened ??= open());
  return {
    get: async (entity, id) => (await store()).get(entity, id),
    find: async (entity, query) => (await store()).find(entity, query),
    commit: async (changes) => (await store()).commit(changes),
    watch(entities, signal) {
      const changes = store().then((one) => one.watch(entities, signal));
      // Whoever reads it is told; nobody else needs to be.
      changes.catch(() => {});
      return watched(changes);
    },
    async [Symbol.asyncDispose]() {
      // What could not be opened has nothing to close, and whoever called it was told.
      const store = await opened?.catch(() => null);
      await store?.[Symbol.asyncDispose]();
    },
  };
}

/** The watch begins when it is asked for, not when the first change is. */
async function* watched(changes: Promise<AsyncIterable<Change>>): AsyncGenerator<Change> {
  yield* await changes;
}
