import assert from "node:assert/strict";
import type { Entities } from "../../contracts/entities.js";
import type { Change, Entity, Query, Store } from "../../contracts/store.js";
import type { Law } from "../law.js";
import { alias, putLease, putRun, run } from "./sample-records.js";
import { withStore, type StorePlace } from "./store-place.js";

const ALIASES: readonly Change[] = (
  [
    ["1", "a", "x", 1],
    ["2", "a", "y", 2],
    ["3", "b", "x", 9],
    ["4", "b", "y", 2],
  ] as const
).map(([id, model, name, version]) => ({ entity: "alias", id, expect: null, value: alias(model, name, version) }));

/** What `find` promises. */
export const findLaws: readonly Law<StorePlace>[] = [
  on("find gives nothing where nothing is", [], (store) => ids(store, "alias", {}, [])),
  on("find gives each record with its revision and value", ALIASES, async (store) => {
    await store.commit([{ entity: "alias", id: "3", expect: 1, value: alias("b", "z", 10) }]);
    assert.deepEqual(await store.find("alias", { where: { alias: "z" } }), [{ id: "3", revision: 2, value: alias("b", "z", 10) }]);
    assert.deepEqual(await store.find("alias", { where: { version: 9 } }), []);
  }),
  on("find keeps to its entity", [...ALIASES, putLease("5", null, "a")], (store) => ids(store, "lease", {}, ["5"])),
  on("equality on one member", ALIASES, (store) => ids(store, "alias", { where: { model: "a" } }, ["1", "2"])),
  on("equality on two members at once", ALIASES, (store) => ids(store, "alias", { where: { model: "b", version: 2 } }, ["4"])),
  on("equality is of whole texts, letter for letter", [putLease("1", null, "ab"), putLease("2", null, "AB"), putLease("3", null, "ab "), putLease("4", null, "a%")], async (store) => {
    await ids(store, "lease", { where: { holder: "ab" } }, ["1"]);
    await ids(store, "lease", { where: { holder: "a%" } }, ["4"]);
    await ids(store, "lease", { where: { holder: "' or 1 = 1 --" } }, []);
  }),
  on("equality with null", [putRun("1", run({ sample: 5 })), putRun("2", run())], (store) => ids(store, "run", { where: { sample: null } }, ["2"])),
  on("equality keeps types apart", [putLease("1", null, "1", 1), putLease("2", null, "true", 0)], async (store) => {
    await ids(store, "lease", { where: { expiresAt: true as never } }, []);
    await ids(store, "lease", { where: { expiresAt: "1" as never } }, []);
    await ids(store, "lease", { where: { holder: 1 as never } }, []);
    await ids(store, "lease", { where: { expiresAt: 1 } }, ["1"]);
  }),
  on("a range of numbers holds both ends", numbers([1, 2, 3, 10]), async (store) => {
    await ids(store, "lease", { range: { member: "expiresAt", from: 2, to: 3 } }, ["1", "2"]);
    await ids(store, "lease", { range: { member: "expiresAt", from: 3 } }, ["2", "3"]);
    await ids(store, "lease", { range: { member: "expiresAt", to: 2 } }, ["0", "1"]);
    await ids(store, "lease", { range: { member: "expiresAt" } }, ["0", "1", "2", "3"]);
  }),
  on("a range of texts holds both ends", days(["2026-01-01", "2026-01-02", "2026-01-10"]), async (store) => {
    await ids(store, "run", { range: { member: "startedAt", from: "2026-01-02", to: "2026-01-10" } }, ["1", "2"]);
    await ids(store, "run", { range: { member: "startedAt", from: "2026-01-02", to: "2026-01-09" } }, ["1"]);
  }),
  on("a member of another type is outside a range", [putRun("1", run()), putRun("2", run({ endedAt: "2026-01-01" })), putRun("3", run({ endedAt: 5 as never }))], async (store) => {
    await ids(store, "run", { range: { member: "endedAt", to: "9" } }, ["2"]);
    await ids(store, "run", { range: { member: "endedAt", from: 0 } }, ["3"]);
  }),
  on("without an order, records come by id", [putLease("b", null, "1"), putLease("a", null, "2"), putLease("10", null, "3"), putLease("9", null, "4"), putLease("B", null, "5")], (store) =>
    ids(store, "lease", {}, ["10", "9", "B", "a", "b"]),
  ),
  on("numbers are ordered as numbers", numbers([10, 9, -1, 0.5, 100]), async (store) => {
    await ids(store, "lease", { order: { member: "expiresAt", direction: "ascending" } }, ["2", "3", "1", "0", "4"]);
    await ids(store, "lease", { order: { member: "expiresAt", direction: "descending" } }, ["4", "0", "1", "3", "2"]);
  }),
  on("texts are ordered by code point", ["b", "B", "é", "a", "", "\ufffd", "\u{1f600}"].map((holder, i) => putLease(String(i), null, holder)), (store) =>
    ids(store, "lease", { order: { member: "holder", direction: "ascending" } }, ["4", "1", "3", "0", "2", "5", "6"]),
  ),
  on("null comes before all else", [putRun("1", run({ sample: 5 })), putRun("2", run()), putRun("3", run({ sample: -5 }))], async (store) => {
    await ids(store, "run", { order: { member: "sample", direction: "ascending" } }, ["2", "3", "1"]);
    await ids(store, "run", { order: { member: "sample", direction: "descending" } }, ["1", "3", "2"]);
  }),
  on("ties come by id in both directions", [putLease("b", null, "x", 1), putLease("a", null, "x", 1), putLease("c", null, "x", 0)], async (store) => {
    await ids(store, "lease", { order: { member: "expiresAt", direction: "ascending" } }, ["c", "a", "b"]);
    await ids(store, "lease", { order: { member: "expiresAt", direction: "descending" } }, ["a", "b", "c"]);
  }),
  on("limit and offset cut a page out of the order", numbers([5, 4, 3, 2, 1]), async (store) => {
    const order = { member: "expiresAt", direction: "ascending" } as const;
    await ids(store, "lease", { order, limit: 2 }, ["4", "3"]);
    await ids(store, "lease", { order, limit: 2, offset: 3 }, ["1", "0"]);
    await ids(store, "lease", { order, offset: 4 }, ["0"]);
    await ids(store, "lease", { order, offset: 5 }, []);
    await ids(store, "lease", { order, limit: 0 }, []);
  }),
  on("the default limit is 1,000", numbers(Array.from({ length: 1_001 }, (_, i) => i)), async (store) => {
    assert.equal((await store.find("lease", {})).length, 1_000);
    assert.equal((await store.find("lease", { limit: 5_000 })).length, 1_001);
  }),
  on("equality, range, order and page work together", ALIASES, (store) =>
    ids(store, "alias", { where: { model: "b" }, range: { member: "version", from: 2 }, order: { member: "version", direction: "descending" }, limit: 1, offset: 1 }, ["4"]),
  ),
  on("a member with a value of undefined is not asked for", ALIASES, (store) => ids(store, "alias", { where: { model: "a", alias: undefined } as never }, ["1", "2"])),
  on("a member that is no plain name is refused", ALIASES, async (store) => {
    for (const bad of ["", "a b", "model') or 1=1 --", "a.b", "$"]) {
      await assert.rejects(store.find("alias", { where: { [bad]: 1 } as never }), { code: "STORE_QUERY" });
      await assert.rejects(store.find("alias", { order: { member: bad as never, direction: "ascending" } }), { code: "STORE_QUERY" });
      await assert.rejects(store.find("alias", { range: { member: bad as never, from: 1 } }), { code: "STORE_QUERY" });
    }
  }),
  on("a limit or offset that is no whole number is refused", ALIASES, async (store) => {
    for (const bad of [-1, 0.5, NaN]) {
      await assert.rejects(store.find("alias", { limit: bad }), { code: "STORE_QUERY" });
      await assert.rejects(store.find("alias", { offset: bad }), { code: "STORE_QUERY" });
    }
  }),
];

function on(name: string, changes: readonly Change[], check: (store: Store) => Promise<void>): Law<StorePlace> {
  return {
    name,
    check: (place) =>
      withStore(place, async (store) => {
        if (changes.length > 0) await store.commit(changes);
        await check(store);
      }),
  };
}

/** Leases "0", "1", ... that expire at these numbers. */
function numbers(values: readonly number[]): readonly Change[] {
  return values.map((value, i) => putLease(String(i), null, "me", value));
}

/** Runs "0", "1", ... that started at these times. */
function days(values: readonly string[]): readonly Change[] {
  return values.map((startedAt, i) => putRun(String(i), run({ startedAt })));
}

async function ids<K extends Entity>(store: Store, entity: K, query: Query<Entities[K]>, expected: readonly string[]): Promise<void> {
  assert.deepEqual((await store.find(entity, query)).map(({ id }) => id), expected);
}
