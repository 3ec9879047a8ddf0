import assert from "node:assert/strict";
import type { Change, Store } from "../../contracts/store.js";
import type { Law } from "../law.js";
import { lease, putLease, putRun, removeLease, run } from "./sample-records.js";
import { withStore, type StorePlace } from "./store-place.js";

/** What `get` and `commit` promise. */
export const commitLaws: readonly Law<StorePlace>[] = [
  on("a record that was never written is null", async (store) => {
    assert.equal(await store.get("lease", "a"), null);
  }),
  on("a committed record comes back with its id and revision 1", async (store) => {
    await store.commit([putLease("a", null, "me", 5)]);
    assert.deepEqual(await store.get("lease", "a"), { id: "a", revision: 1, value: lease("me", 5) });
  }),
  on("one id in two entities is two records", async (store) => {
    await store.commit([putLease("a", null, "me"), putRun("a", run())]);
    assert.deepEqual((await store.get("lease", "a"))?.value, lease("me"));
    assert.deepEqual((await store.get("run", "a"))?.value, run());
  }),
  on("revisions grow by one with each change", async (store) => {
    for (let revision = 0; revision < 5; revision++) await store.commit([putLease("a", revision || null, `holder ${revision}`)]);
    assert.deepEqual(await store.get("lease", "a"), { id: "a", revision: 5, value: lease("holder 4") });
  }),
  on("null removes a record from get and find", async (store) => {
    await store.commit([putLease("a", null, "me"), putLease("b", null, "me")]);
    await store.commit([removeLease("a", 1)]);
    assert.equal(await store.get("lease", "a"), null);
    assert.deepEqual((await store.find("lease", {})).map(({ id }) => id), ["b"]);
  }),
  on("revisions go on across a removal", async (store) => {
    await store.commit([putLease("a", null, "first")]);
    await store.commit([removeLease("a", 1)]);
    await store.commit([putLease("a", null, "second")]);
    await refused(store, [putLease("a", 1, "late")]);
    assert.deepEqual(await store.get("lease", "a"), { id: "a", revision: 3, value: lease("second") });
  }),
  on("creating what exists is refused", async (store) => {
    await store.commit([putLease("a", null, "me")]);
    await refused(store, [putLease("a", null, "you")]);
    assert.deepEqual((await store.get("lease", "a"))?.value, lease("me"));
  }),
  on("a stale revision is refused", async (store) => {
    await store.commit([putLease("a", null, "one")]);
    await store.commit([putLease("a", 1, "two")]);
    await refused(store, [putLease("a", 1, "three")]);
    await refused(store, [putLease("a", 3, "three")]);
    await refused(store, [removeLease("a", 1)]);
    assert.deepEqual(await store.get("lease", "a"), { id: "a", revision: 2, value: lease("two") });
  }),
  on("changing what does not exist is refused", async (store) => {
    await refused(store, [putLease("a", 1, "me")]);
    assert.equal(await store.get("lease", "a"), null);
  }),
  on("removing what does not exist is refused", async (store) => {
    await refused(store, [removeLease("a", 1)]);
    await refused(store, [removeLease("a", null)]);
  }),
  on("a conflict names the record and both revisions", async (store) => {
    await store.commit([putLease("a", null, "me")]);
    const error = await refused(store, [putLease("a", 7, "you")]);
    assert.deepEqual({ ...(error as { facts: object }).facts }, { entity: "lease", id: "a", expect: 7, found: 1 });
  }),
  on("a conflict in the last change leaves nothing of the earlier ones", async (store) => {
    await store.commit([putLease("taken", null, "me"), putLease("old", null, "me")]);
    await refused(store, [putLease("new", null, "you"), putLease("old", 1, "you"), putRun("r", run()), putLease("taken", null, "you")]);
    assert.equal(await store.get("lease", "new"), null);
    assert.equal(await store.get("run", "r"), null);
    assert.deepEqual(await store.get("lease", "old"), { id: "old", revision: 1, value: lease("me") });
  }),
  on("a conflict in the first change keeps the later ones out", async (store) => {
    await store.commit([putLease("taken", null, "me")]);
    await refused(store, [putLease("taken", null, "you"), putLease("new", null, "you")]);
    assert.equal(await store.get("lease", "new"), null);
  }),
  on("a later change of one commit sees the earlier ones", async (store) => {
    await store.commit([putLease("a", null, "one"), putLease("a", 1, "two")]);
    assert.deepEqual(await store.get("lease", "a"), { id: "a", revision: 2, value: lease("two") });
    await refused(store, [putLease("b", null, "one"), putLease("b", null, "two")]);
    assert.equal(await store.get("lease", "b"), null);
  }),
  on("an empty commit changes nothing", async (store) => {
    await store.commit([]);
    assert.deepEqual(await store.find("lease", {}), []);
  }),
  on("1,000 changes are one commit", async (store) => {
    const changes = Array.from({ length: 1_000 }, (_, i) => putLease(`id ${i}`, null, "me", i));
    await store.commit(changes);
    assert.deepEqual(await store.get("lease", "id 999"), { id: "id 999", revision: 1, value: lease("me", 999) });
    assert.equal((await store.find("lease", { limit: 2_000 })).length, 1_000);
  }),
  {
    name: "two handles see each other's commits",
    check: (place) =>
      withStore(place, (one) =>
        withStore(place, async (two) => {
          assert.equal(await two.get("lease", "a"), null);
          await one.commit([putLease("a", null, "one")]);
          assert.deepEqual((await two.get("lease", "a"))?.value, lease("one"));
          await two.commit([putLease("a", 1, "two")]);
          assert.deepEqual((await one.find("lease", {}))[0]?.value, lease("two"));
        }),
      ),
  },
  {
    name: "of concurrent commits on one revision one wins",
    check: (place) =>
      withStore(place, (one) =>
        withStore(place, async (two) => {
          await one.commit([putLease("a", null, "start")]);
          const tries = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? one : two).commit([putLease("a", 1, `try ${i}`), putLease(`won ${i}`, null, "me")]));
          const won = (await Promise.allSettled(tries)).flatMap(({ status }, i) => (status === "fulfilled" ? [i] : []));
          assert.equal(won.length, 1);
          assert.deepEqual(await two.get("lease", "a"), { id: "a", revision: 2, value: lease(`try ${won[0]}`) });
          assert.equal((await two.find("lease", {})).length, 2);
        }),
      ),
  },
  {
    name: "what was committed is there when the store is opened again",
    async check(place) {
      await withStore(place, (store) => store.commit([putLease("a", null, "me", 7)]));
      await withStore(place, async (store) => assert.deepEqual(await store.get("lease", "a"), { id: "a", revision: 1, value: lease("me", 7) }));
    },
  },
  on("a store may be disposed of twice", async (store) => store[Symbol.asyncDispose]()),
];

function on(name: string, check: (store: Store) => Promise<void>): Law<StorePlace> {
  return { name, check: (place) => withStore(place, check) };
}

async function refused(store: Store, changes: readonly Change[]): Promise<unknown> {
  return store.commit(changes).then(
    () => assert.fail("the commit was not refused"),
    (error: unknown) => {
      assert.equal((error as { code?: unknown }).code, "STORE_CONFLICT", String(error));
      return error;
    },
  );
}
