import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import type { Change, Query, Store } from "@millrace/core";
import { createMemoryStore, describeStore } from "@millrace/core/testkit";
import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { commit } from "./sqlite-commit.js";
import { connect } from "./sqlite-connection.js";
import { findSql } from "./sqlite-find.js";
import { migrations, SCHEMA_VERSION } from "./sqlite-schema.js";
import { sqlite } from "./sqlite.js";

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "millrace-"));
});

afterEach(() => rm(home, { recursive: true }));

const openStore = (path?: string): Promise<Store> => sqlite({ watchInterval: 5, ...(path === undefined ? {} : { path }) }, { home, folder: home });
const lease = (id: string, expect: number | null, holder = "me", expiresAt = 0): Change => ({ entity: "lease", id, expect, value: { holder, expiresAt } });

describeStore({
  name: "sqlite",
  create: async () => {
    const place = await mkdtemp(join(tmpdir(), "millrace-"));
    return {
      open: () => sqlite({ watchInterval: 5 }, { home: place, folder: place }),
      remove: () => rm(place, { recursive: true }),
    };
  },
});

test("any records and any query: the same answer as the store in memory", async () => {
  const holder = fc.oneof(fc.constantFrom("", "a", "b", "B", "é", "\ufffd", "\u{1f600}", "10", "9"), fc.constant(null as never), fc.constantFrom(true as never, 5 as never));
  const expiresAt = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0.1, 1e300, -0.5, 2 ** 53), fc.constant(null as never));
  const records = fc.uniqueArray(fc.record({ id: fc.constantFrom(..."abcdefghijklmnop"), holder, expiresAt }), { selector: ({ id }) => id, maxLength: 16 });
  const member = fc.constantFrom("holder" as const, "expiresAt" as const);
  const query: fc.Arbitrary<Query<{ holder: string; expiresAt: number }>> = fc.record(
    {
      where: fc.record({ holder, expiresAt }, { requiredKeys: [] }),
      range: fc.record({ member, from: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom("", "a", "é")), to: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom("b", "\ufffd")) }, { requiredKeys: ["member"] }),
      order: fc.record({ member, direction: fc.constantFrom("ascending" as const, "descending" as const) }),
      limit: fc.nat({ max: 20 }),
      offset: fc.nat({ max: 10 }),
    },
    { requiredKeys: [] },
  );
  const store = await openStore();
  const known = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(records, fc.array(query, { minLength: 5, maxLength: 20 }), async (rows, queries) => {
      const memory = createMemoryStore();
      await store.commit((await store.find("lease", {})).map(({ id, revision }) => ({ entity: "lease", id, expect: revision, value: null })));
      for (const target of [store, memory]) await target.commit(rows.map(({ id, ...value }) => lease(id, null, value.holder, value.expiresAt)));
      for (const each of queries) {
        const [left, right] = [await store.find("lease", each), await memory.find("lease", each)];
        expect(left.map(({ id, value }) => ({ id, value }))).toEqual(right.map(({ id, value }) => ({ id, value })));
        for (const { id, revision } of left) {
          expect(revision).toBeGreaterThanOrEqual(known.get(id) ?? 1);
          known.set(id, revision);
        }
      }
    }),
    { numRuns: 60 },
  );
  await store[Symbol.asyncDispose]();
});

test("queries of the core are answered by an index", async () => {
  const { database } = await connect(join(home, "store.sqlite"), 100);
  const plan = (text: string, values: readonly (string | number)[]): string => (database.prepare(`explain query plan ${text}`).all(...values) as { detail: string }[]).map(({ detail }) => detail).join("; ");
  const planOf = (...query: Parameters<typeof findSql>): string => {
    const { text, values } = findSql(...query);
    return plan(text, values);
  };
  expect(planOf("task", { where: { run: "r" } })).toMatch(/SEARCH record USING INDEX record_task_run/);
  expect(planOf("task", { where: { task: "m/t" }, order: { member: "finishedAt", direction: "descending" }, limit: 1 })).toMatch(/SEARCH record USING INDEX record_task_task_finishedAt/);
  expect(planOf("run", { order: { member: "startedAt", direction: "descending" }, limit: 20 })).toMatch(/USING INDEX record_run_startedAt/);
  expect(planOf("model", { where: { model: "m" }, order: { member: "version", direction: "descending" }, limit: 1 })).toMatch(/SEARCH record USING INDEX record_model_model_version/);
  expect(planOf("aliasChange", { where: { model: "m", alias: "a" }, order: { member: "sequence", direction: "ascending" } })).toMatch(/SEARCH record USING INDEX record_aliasChange_model_alias_sequence \([^)]*\)$/);
  database.close();
});

test("a new file has the newest schema, and opening it again changes nothing", async () => {
  expect(Object.keys(await migrations())).toHaveLength(SCHEMA_VERSION);
  await (await openStore())[Symbol.asyncDispose]();
  const look = (): unknown => {
    const database = new DatabaseSync(join(home, "store.sqlite"));
    const found = [database.prepare("pragma user_version").get(), database.prepare("pragma journal_mode").get(), database.prepare("select name from kysely_migration").all(), database.prepare("pragma schema_version").get()];
    database.close();
    return JSON.parse(JSON.stringify(found));
  };
  const first = look();
  expect(first).toMatchObject([{ user_version: SCHEMA_VERSION }, { journal_mode: "wal" }, Object.keys(await migrations()).map((name) => ({ name })), {}]);
  await (await openStore())[Symbol.asyncDispose]();
  expect(look()).toEqual(first);
});

test("a file of a newer version is refused and left as it is", async () => {
  await (await openStore())[Symbol.asyncDispose]();
  const database = new DatabaseSync(join(home, "store.sqlite"));
  database.exec("pragma user_version = 99");
  database.close();
  await expect(openStore()).rejects.toMatchObject({ code: "STORE_NEWER" });
});

test("a file that is no database, and a place that cannot be opened, are named", async () => {
  await writeFile(join(home, "text.sqlite"), "this is no database ".repeat(100));
  await expect(openStore("text.sqlite")).rejects.toMatchObject({ code: "STORE_DAMAGED", facts: { path: join(home, "text.sqlite") } });
  await mkdir(join(home, "folder.sqlite"));
  await expect(openStore("folder.sqlite")).rejects.toMatchObject({ code: "STORE_OPEN" });
  await expect(openStore("text.sqlite/below/store.sqlite")).rejects.toMatchObject({ code: "STORE_OPEN" });
});

test("a path is relative to the config file, and its folder is made", async () => {
  const store = await openStore("a/b/records.sqlite");
  await store.commit([lease("a", null)]);
  await store[Symbol.asyncDispose]();
  expect(new DatabaseSync(join(home, "a/b/records.sqlite")).prepare("select count(*) as count from record").get()).toMatchObject({ count: 1 });
});

test("a closed store says so", async () => {
  const store = await openStore();
  await store[Symbol.asyncDispose]();
  await expect(store.get("lease", "a")).rejects.toMatchObject({ code: "STORE_CLOSED" });
  await expect(store.find("lease", {})).rejects.toMatchObject({ code: "STORE_CLOSED" });
  await expect(store.commit([lease("a", null)])).rejects.toMatchObject({ code: "STORE_CLOSED" });
});

test("a commit waits for a lock that is let go, and says STORE_BUSY of one that is not", async () => {
  const connection = await connect(join(home, "store.sqlite"), 1);
  const other = new DatabaseSync(join(home, "store.sqlite"), { timeout: 1 });
  other.exec("begin immediate");
  await expect(commit(connection, [lease("a", null)])).rejects.toMatchObject({ code: "STORE_BUSY" });
  const waiting = commit(connection, [lease("a", null)]);
  other.exec("commit");
  await waiting;
  expect(other.prepare("select count(*) as count from record").get()).toMatchObject({ count: 1 });
  other.close();
  connection.database.close();
});

test("the log of changes is bounded, and a watcher that fell behind it is told", async () => {
  const store = await openStore();
  const stop = new AbortController();
  const late = store.watch(["lease"], stop.signal)[Symbol.asyncIterator]();
  for (let i = 0; i < 12; i++) await store.commit(Array.from({ length: 1_000 }, (_, j) => lease(`${i} ${j}`, null)));
  await expect(late.next()).rejects.toMatchObject({ code: "STORE_WATCH_LAGGED", facts: { lost: 2_000 } });
  const database = new DatabaseSync(join(home, "store.sqlite"));
  expect(database.prepare("select count(*) as count from change").get()).toMatchObject({ count: 10_000 });
  database.close();
  stop.abort();
  await store[Symbol.asyncDispose]();
});
