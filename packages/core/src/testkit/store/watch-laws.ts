import assert from "node:assert/strict";
import type { Change, Entity, Store } from "../../contracts/store.js";
import type { Law } from "../law.js";
import { within } from "../patience.js";
import { putLease, putRun, removeLease, run } from "./sample-records.js";
import { withStore, type StorePlace } from "./store-place.js";

const PATIENCE_MS = 10_000;

/** What `watch` promises. */
export const watchLaws: readonly Law<StorePlace>[] = [
  watching("a watcher gets changes as they were committed, in order", async ({ store, next }) => {
    const changes = [putLease("a", null, "one"), putLease("a", 1, "two"), putLease("b", null, "three"), removeLease("a", 2)];
    await store.commit(changes.slice(0, 1));
    await store.commit(changes.slice(1));
    assert.deepEqual(await next(4), changes);
  }),
  watching("a watcher gets what other handles commit", ({ place, next }) =>
    withStore(place, async (other) => {
      await other.commit([putLease("a", null, "other")]);
      assert.deepEqual(await next(1), [putLease("a", null, "other")]);
    }),
  ),
  watching("a watcher gets only the entities that it asked for", async ({ store, next }) => {
    await store.commit([putRun("r", run()), putLease("a", null, "one"), putRun("s", run()), putLease("b", null, "two")]);
    assert.deepEqual(await next(2), [putLease("a", null, "one"), putLease("b", null, "two")]);
  }),
  watching("a refused commit is not told", async ({ store, next }) => {
    await store.commit([putLease("a", null, "one")]);
    await assert.rejects(store.commit([putLease("b", null, "lost"), putLease("a", null, "lost")]));
    await store.commit([putLease("c", null, "two")]);
    assert.deepEqual(await next(2), [putLease("a", null, "one"), putLease("c", null, "two")]);
  }),
  watching("2,000 changes arrive, each once, in order", async ({ store, next }) => {
    const changes = Array.from({ length: 2_000 }, (_, i) => putLease(`id ${i}`, null, "me", i));
    for (let i = 0; i < 2_000; i += 250) await store.commit(changes.slice(i, i + 250));
    assert.deepEqual(await next(2_000), changes);
  }),
  watching("changing what a watcher got changes nothing", async ({ store, next }) => {
    await store.commit([putLease("a", null, "one")]);
    const [change] = await next(1);
    (change!.value as { holder: string }).holder = "scribbled";
    assert.equal((await store.get("lease", "a"))?.value.holder, "one");
  }),
  {
    name: "a watcher gets nothing from before it was called",
    check: (place) =>
      withStore(place, async (store) => {
        await store.commit([putLease("before", null, "me")]);
        await watchOn(place, store, ["lease"], async (next) => {
          await store.commit([putLease("after", null, "me")]);
          assert.deepEqual(await next(1), [putLease("after", null, "me")]);
        });
      }),
  },
  {
    name: "a watch begins with its call, not with its first read",
    check: (place) =>
      withStore(place, async (store) => {
        const stop = new AbortController();
        const changes = store.watch(["lease"], stop.signal);
        await store.commit([putLease("a", null, "me")]);
        const iterator = changes[Symbol.asyncIterator]();
        const first = await within(place.patienceMs ?? PATIENCE_MS, "the change", iterator.next());
        assert.deepEqual(first.value, putLease("a", null, "me"));
        stop.abort();
      }),
  },
  {
    name: "two watchers get every change",
    check: (place) =>
      withStore(place, (store) =>
        watchOn(place, store, ["lease"], (one) =>
          watchOn(place, store, ["lease"], async (two) => {
            const changes = [putLease("a", null, "me"), putLease("b", null, "me")];
            await store.commit(changes);
            assert.deepEqual(await one(2), changes);
            assert.deepEqual(await two(2), changes);
          }),
        ),
      ),
  },
  ending("a watch that waits ends when its signal fires", (stop) => stop.abort()),
  {
    name: "a watch with a signal that has fired is empty",
    check: (place) =>
      withStore(place, async (store) => {
        const changes = store.watch(["lease"], AbortSignal.abort());
        await store.commit([putLease("a", null, "me")]);
        assert.equal((await within(place.patienceMs ?? PATIENCE_MS, "the end", changes[Symbol.asyncIterator]().next())).done, true);
      }),
  },
  ending("a watch ends when its store is disposed of", async (_, store) => store[Symbol.asyncDispose]()),
];

type Next = (count: number) => Promise<Change[]>;

/** A check with one watcher of leases that has begun. */
function watching(name: string, check: (subject: { place: StorePlace; store: Store; next: Next }) => Promise<void>): Law<StorePlace> {
  return { name, check: (place) => withStore(place, (store) => watchOn(place, store, ["lease"], (next) => check({ place, store, next }))) };
}

function ending(name: string, end: (stop: AbortController, store: Store) => void | Promise<void>): Law<StorePlace> {
  return {
    name,
    check: (place) =>
      withStore(place, async (store) => {
        const stop = new AbortController();
        const iterator = store.watch(["lease"], stop.signal)[Symbol.asyncIterator]();
        const waiting = iterator.next();
        await new Promise((resolve) => setImmediate(resolve));
        await end(stop, store);
        assert.equal((await within(place.patienceMs ?? PATIENCE_MS, "the end", waiting)).done, true);
      }),
  };
}

async function watchOn(place: StorePlace, store: Store, entities: readonly Entity[], work: (next: Next) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const iterator = store.watch(entities, stop.signal)[Symbol.asyncIterator]();
  const next: Next = async (count) => {
    const changes: Change[] = [];
    while (changes.length < count) {
      const result = await within(place.patienceMs ?? PATIENCE_MS, `change ${changes.length + 1} of ${count}`, iterator.next());
      assert.notEqual(result.done, true, "the watch ended");
      changes.push(result.value as Change);
    }
    return changes;
  };
  try {
    await work(next);
  } finally {
    stop.abort();
  }
}
