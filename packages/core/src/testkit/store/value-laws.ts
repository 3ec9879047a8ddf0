import assert from "node:assert/strict";
import type { RunRecord } from "../../contracts/entities.js";
import type { Json } from "../../contracts/json.js";
import type { Store } from "../../contracts/store.js";
import type { Law } from "../law.js";
import { putLease, putRun, run } from "./sample-records.js";
import { withStore, type StorePlace } from "./store-place.js";

const TEXTS = ["", " ", "é", "e\u0301", "\u{1f600}", "\u2028", "a\u0000b", `"'\\`, "\ufeff", "null", "ß", "日本"];
const NUMBERS = [0, 1, -1.5, 0.1, 0.1 + 0.2, 5e-324, Number.MAX_VALUE, Number.MAX_SAFE_INTEGER, 1e21, 1 / 3];
const NESTED: Json = [[], {}, [null, [null]], { a: { b: { c: [1, "2", true, false, null] } }, "": 0, "a.b": 1, "$": 2 }];

/** What `Store` promises of the values that it keeps. */
export const valueLaws: readonly Law<StorePlace>[] = [
  on("text comes back letter for letter", (store) => roundTrip(store, TEXTS)),
  on("numbers come back bit for bit", (store) => roundTrip(store, NUMBERS)),
  on("nested values come back as deep as they went in", (store) => roundTrip(store, NESTED)),
  on("a value of 2 MB comes back", (store) => roundTrip(store, Array.from({ length: 20 }, (_, i) => String(i).repeat(100_000)))),
  on("ids are told apart letter for letter", async (store) => {
    const ids = ["a", "A", "a ", "á", "a\u0301", "a/b", "a%", "a_", "a'b", `a"b`, "\u{1f600}", "1", "01"];
    await store.commit(ids.map((id) => putLease(id, null, `holder of ${id}`)));
    for (const id of ids) assert.equal((await store.get("lease", id))?.value.holder, `holder of ${id}`);
  }),
  on("ids that are empty or have control characters are refused", async (store) => {
    for (const id of ["", "a\u0000b", "a\nb"]) await assert.rejects(store.commit([putLease("fine", null, "me"), putLease(id, null, "me")]), { code: "STORE_ID" });
    assert.equal(await store.get("lease", "fine"), null);
  }),
  on("what JSON cannot hold is refused with its path", async (store) => {
    for (const bad of [NaN, Infinity, undefined, new Date(0), new Map(), 1n]) {
      const changes = [putLease("fine", null, "me"), putRun("bad", run({}, { deep: [0, bad as unknown as Json] }))];
      await assert.rejects(store.commit(changes), (error: { code?: unknown; facts?: { path?: unknown } }) => {
        assert.equal(error.code, "STORE_NOT_JSON");
        assert.equal(error.facts?.path, "tasks[0].summary.deep[1]");
        return true;
      });
    }
    assert.equal(await store.get("lease", "fine"), null);
    assert.equal(await store.get("run", "bad"), null);
  }),
  on("changing what was read changes nothing", async (store) => {
    await store.commit([putRun("a", run())]);
    scribble((await store.get("run", "a"))!.value);
    scribble((await store.find("run", {}))[0]!.value);
    assert.deepEqual((await store.get("run", "a"))?.value, run());
    assert.deepEqual((await store.find("run", {}))[0]?.value, run());
  }),
  on("changing what was committed changes nothing", async (store) => {
    const value = run();
    await store.commit([putRun("a", value)]);
    scribble(value);
    assert.deepEqual((await store.get("run", "a"))?.value, run());
  }),
];

function on(name: string, check: (store: Store) => Promise<void>): Law<StorePlace> {
  return { name, check: (place) => withStore(place, check) };
}

async function roundTrip(store: Store, summary: Json): Promise<void> {
  const value = run({}, summary);
  await store.commit([putRun("a", value)]);
  assert.deepEqual((await store.get("run", "a"))?.value, value);
  assert.deepEqual((await store.find("run", {}))[0]?.value, value);
}

function scribble(value: RunRecord): void {
  (value as { project: string }).project = "scribbled";
  (value.models as string[]).push("scribbled");
}
