import { expect, test } from "vitest";
import type { Digest } from "../contracts/digest.js";
import type { ModelVersion } from "../contracts/model.js";
import type { Store } from "../contracts/store.js";
import { createMemoryDatabase, createMemoryStore } from "../testkit/memory-store.js";
import { aliasHistory, moveAlias, rollbackAlias } from "./aliases.js";
import { registerVersion } from "./model-versions.js";

const digest = `sha256:${"0".repeat(64)}` as Digest;
const at = "2026-01-02T00:00:00.000Z";
const place = { model: "delays", alias: "champion", at };

async function withVersions(store: Store, count: number, gates: ModelVersion["gates"] = "passed"): Promise<Store> {
  const facts = { onnx: digest, signature: digest, metrics: digest, card: digest, certificate: digest, golden: digest, lineage: digest };
  for (let i = 0; i < count; i++) await registerVersion(store, { model: "delays", ...facts, run: "r", gates, sample: null, createdAt: at });
  return store;
}

async function pointsTo(store: Store): Promise<number | null> {
  return (await store.get("alias", "delays@champion"))?.value.version ?? null;
}

test("each move is a line of the history", async () => {
  const store = await withVersions(createMemoryStore(), 3);
  await moveAlias(store, { ...place, to: 1, reason: "first" });
  expect(await moveAlias(store, { ...place, to: 3, reason: "better", expect: 1 })).toEqual({ model: "delays", alias: "champion", sequence: 2, from: 1, to: 3, reason: "better", at });
  await moveAlias(store, { ...place, to: null, reason: "retired" });
  expect(await pointsTo(store)).toBe(null);
  expect((await aliasHistory(store, "delays", "champion")).map(({ sequence, from, to }) => [sequence, from, to])).toEqual([[1, null, 1], [2, 1, 3], [3, 3, null]]);
  expect(await aliasHistory(store, "delays", "challenger")).toEqual([]);
});

test("a move to where it points already commits nothing", async () => {
  const store = await withVersions(createMemoryStore(), 1);
  await moveAlias(store, { ...place, to: 1, reason: "first" });
  expect(await moveAlias(store, { ...place, to: 1, reason: "again" })).toBe(null);
  expect(await aliasHistory(store, "delays", "champion")).toHaveLength(1);
});

test("concurrent moves are all in the history, each from where the one before left it", async () => {
  const database = createMemoryDatabase();
  await withVersions(createMemoryStore(database), 10);
  await Promise.all(Array.from({ length: 10 }, (_, i) => moveAlias(createMemoryStore(database), { ...place, to: i + 1, reason: `move ${i}` })));
  const history = await aliasHistory(createMemoryStore(database), "delays", "champion");
  expect(history.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(history.map(({ from }) => from)).toEqual([null, ...history.slice(0, -1).map(({ to }) => to)]);
  expect(await pointsTo(createMemoryStore(database))).toBe(history.at(-1)!.to);
});

test("a move from another place than the caller saw is refused", async () => {
  const store = await withVersions(createMemoryStore(), 2);
  await moveAlias(store, { ...place, to: 1, reason: "first" });
  for (const seen of [2, null]) await expect(moveAlias(store, { ...place, to: 2, reason: "late", expect: seen })).rejects.toMatchObject({ code: "ALIAS_MOVED" });
  expect(await pointsTo(store)).toBe(1);
});

test("no alias moves to a version that failed its gates or is not there", async () => {
  const store = await withVersions(createMemoryStore(), 1, "failed");
  await expect(moveAlias(store, { ...place, to: 1, reason: "hope" })).rejects.toMatchObject({ code: "MODEL_GATES_FAILED" });
  await expect(moveAlias(store, { ...place, to: 2, reason: "hope" })).rejects.toMatchObject({ code: "MODEL_NOT_FOUND" });
  for (const alias of ["3", "a@b", ""]) await expect(moveAlias(store, { ...place, alias, to: 1, reason: "odd" })).rejects.toMatchObject({ code: "MODEL_REF" });
  expect(await aliasHistory(store, "delays", "champion")).toEqual([]);
});

test("a rollback goes to the version before, a second one further back, and none beyond the first", async () => {
  const store = await withVersions(createMemoryStore(), 4);
  for (const to of [1, 2, 4, 3]) await moveAlias(store, { ...place, to, reason: "better" });
  const back: (number | null)[] = [];
  for (let i = 0; i < 3; i++) back.push((await rollbackAlias(store, { ...place, reason: "worse" })).to);
  expect(back).toEqual([4, 2, 1]);
  await expect(rollbackAlias(store, { ...place, reason: "worse" })).rejects.toMatchObject({ code: "ALIAS_NO_PREVIOUS" });
  expect(await aliasHistory(store, "delays", "champion")).toHaveLength(7);
});

test("a rollback of an alias that is not there names the nearest", async () => {
  const store = await withVersions(createMemoryStore(), 1);
  await moveAlias(store, { ...place, to: 1, reason: "first" });
  await expect(rollbackAlias(store, { ...place, alias: "champ", reason: "worse" })).rejects.toMatchObject({ code: "ALIAS_NOT_FOUND", mend: `Did you mean "delays@champion"?` });
});

test("a history of more than one page comes whole", async () => {
  const store = await withVersions(createMemoryStore(), 2);
  const change = (i: number) => ({ entity: "aliasChange", id: `x@y#${String(i).padStart(8, "0")}`, expect: null, value: { model: "x", alias: "y", sequence: i, from: null, to: i, reason: "", at } }) as const;
  await store.commit(Array.from({ length: 1_500 }, (_, i) => change(i + 1)));
  expect((await aliasHistory(store, "x", "y")).map(({ sequence }) => sequence)).toEqual(Array.from({ length: 1_500 }, (_, i) => i + 1));
});
