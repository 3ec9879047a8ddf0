import type { Change, Store } from "../../contracts/store.js";
import { after, type StoreMutant } from "./mistakes.js";

/** By the law that is to break: a mistake that an author could make. */
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
    watch(entities, signal) {
      const earlier = signal.aborted ? [] : [...(database.rows.get("lease") ?? [])].map(([id, row]) => ({ entity: "lease", id, expect: null, value: JSON.parse(row.text ?? "null") as never }) satisfies Change);
      const later = store.watch(entities, signal);
      return (async function* () {
        yield* earlier;
        yield* later;
      })();
    },
  }),
  "a watch begins with its call, not with its first read": (store) => ({ ...store, watch: (entities, signal) => ({ [Symbol.asyncIterator]: () => store.watch(entities, signal)[Symbol.asyncIterator]() }) }),
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

function mapWatched(store: Store, map: (changes: AsyncIterable<Change>) => AsyncIterable<Change>): Store {
  return { ...store, watch: (entities, signal) => map(store.watch(entities, signal)) };
}
