import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { DatabaseSync } from "@photostructure/sqlite";
import { MillraceError, readBytes, type Change, type Digest, type ModelVersion } from "@millrace/core";
import { aliasHistory, moveAlias } from "@millrace/core/engine";
import { afterEach, beforeEach, expect, test } from "vitest";
import { folder } from "./folder.js";
import { sqlite } from "./sqlite.js";

let home: string;
const children = new Set<ChildProcess>();

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "millrace-"));
});

afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  children.clear();
  await rm(home, { recursive: true, force: true });
});

/** Runs a fixture and gives its lines to `onLine`, which may kill it; resolves when it has ended. */
function runFixture(name: string, args: readonly string[], onLine: (line: string, child: ChildProcess) => void): Promise<{ readonly code: number | null; readonly signal: string | null }> {
  const path = fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
  const child = spawn(process.execPath, [path, home, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  children.add(child);
  createInterface(child.stdout).on("line", (line) => onLine(line, child));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal }));
  });
}

test("a process killed between and amid commits leaves a consistent store with all that was acknowledged", async () => {
  for (let round = 1; round <= 5; round++) {
    let told = 0;
    let lines = 0;
    const { signal } = await runFixture("commit-pairs.mjs", [], (line, child) => {
      told = Number(line);
      if (++lines === 37 * round) child.kill("SIGKILL");
    });
    expect(signal).toBe("SIGKILL");
    const store = await sqlite({ watchInterval: 200 }, { home, folder: home });
    const [left, right] = [await store.get("lease", "left"), await store.get("lease", "right")];
    expect(left!.revision).toBeGreaterThanOrEqual(told);
    expect(left!.value.expiresAt).toBe(left!.revision);
    expect({ ...right!, id: "left" }).toEqual(left);
    const found = await store.find("lease", { range: { member: "expiresAt", from: 1 }, limit: 100_000 });
    expect(found).toHaveLength(left!.revision + 2);
    await store[Symbol.asyncDispose]();
    const database = new DatabaseSync(join(home, "store.sqlite"));
    expect(database.prepare("pragma integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
    database.close();
  }
});

test("a process killed amid puts leaves whole artifacts only", async () => {
  for (let round = 1; round <= 4; round++) {
    const put: Digest[] = [];
    let half: Digest | null = null;
    let halves = 0;
    await runFixture("put-artifacts.mjs", [`round ${round}`], (line, child) => {
      const [what, digest] = line.split(" ") as ["half" | "put", Digest];
      if (what === "put") put.push(digest);
      else half = digest;
      if (what === "half" && ++halves === round + 2) child.kill("SIGKILL");
    });
    const artifacts = folder({}, { home, folder: home });
    for (const digest of put) expect((await readBytes(artifacts, digest)).byteLength).toBe(3_000_000);
    expect(half).not.toBe(null);
    const root = join(home, "artifacts");
    const shelves = (await readdir(root)).filter((name) => name !== "tmp");
    for (const shelf of shelves) for (const rest of await readdir(join(root, shelf))) await readBytes(artifacts, `sha256:${shelf}${rest}` as Digest);
  }
});

/** How often a value is not the one behind the value before it; each later one must be greater. */
function gapsIn(values: readonly number[]): number {
  const steps = values.slice(1).map((value, index) => value - values[index]!);
  expect(steps.every((step) => step > 0)).toBe(true);
  return steps.filter((step) => step > 1).length;
}

test("two processes that write 10,000 records each lose nothing and never wait for each other for good, and a watcher in a third misses nothing without being told", async () => {
  const store = await sqlite({ watchInterval: 5 }, { home, folder: home });
  const seen = new Map<string, number[]>([["counter", []], ["one", []], ["two", []]]);
  let lags = 0;
  const watching = (async () => {
    for (;;) {
      const changes = store.watch(["lease"], new AbortController().signal);
      if ((await store.get("lease", "end")) !== null) return;
      try {
        for await (const { id, value } of changes) {
          if (id === "end") return;
          seen.get(id.split(" ")[0]!)!.push((value as { expiresAt: number }).expiresAt);
        }
      } catch (error) {
        // On a machine that is busy enough it falls behind; what it must not do is leave a gap in silence.
        if (!MillraceError.is(error, "STORE_WATCH_LAGGED")) throw error;
        lags++;
      }
    }
  })();
  const ended = await Promise.all(["one", "two"].map((name) => runFixture("count-up.mjs", [name, "10000"], () => {})));
  expect(ended.map(({ code }) => code)).toEqual([0, 0]);
  await store.commit([{ entity: "lease", id: "end", expect: null, value: { holder: "end", expiresAt: 0 } }]);
  await watching;
  expect(await store.get("lease", "counter")).toMatchObject({ revision: 20_000, value: { expiresAt: 20_000 } });
  for (const holder of ["one", "two"]) {
    const records = await store.find("lease", { where: { holder }, limit: 20_000 });
    expect(records.filter(({ id }) => id !== "counter")).toHaveLength(10_000);
    expect(gapsIn(seen.get(holder)!)).toBeLessThanOrEqual(lags);
  }
  expect(gapsIn(seen.get("counter")!)).toBeLessThanOrEqual(lags);
  if (lags === 0) expect([...seen.values()].map(({ length }) => length)).toEqual([20_000, 10_000, 10_000]);
  await store[Symbol.asyncDispose]();
});

test("100 moves of one alias, each tried by four processes at once, have one winner each and a linear history", async () => {
  const store = await sqlite({ watchInterval: 200 }, { home, folder: home });
  const digest = `sha256:${"0".repeat(64)}` as Digest;
  const version: Omit<ModelVersion, "version"> = { model: "m", onnx: digest, signature: digest, metrics: digest, card: digest, certificate: digest, golden: digest, lineage: digest, run: "r", sample: null, gates: "passed", createdAt: "2026-01-01T00:00:00.000Z" };
  await store.commit(Array.from({ length: 101 }, (_, index): Change => ({ entity: "model", id: `m@${index + 1}`, expect: null, value: { ...version, version: index + 1 } })));
  await moveAlias(store, { model: "m", alias: "champion", to: 1, reason: "first", at: "2026-01-01T00:00:00.000Z" });
  const won = new Map<string, readonly number[]>();
  const ended = await Promise.all(["a", "b", "c", "d"].map((name) => runFixture("move-alias.mjs", [name, "101"], (line) => won.set(name, JSON.parse(line) as number[]))));
  expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect([...won.values()].flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index + 2));
  const history = await aliasHistory(store, "m", "champion");
  expect(history.map(({ sequence, from, to }) => [sequence, from, to])).toEqual(Array.from({ length: 101 }, (_, index) => [index + 1, index === 0 ? null : index, index + 1]));
  for (const { to, reason } of history.slice(1)) expect(won.get(reason)).toContain(to);
  expect((await store.get("alias", "m@champion"))!.value.version).toBe(101);
  await store[Symbol.asyncDispose]();
});

test("processes that open a new store at once agree on its schema", async () => {
  const ended = await Promise.all(Array.from({ length: 4 }, (_, i) => runFixture("count-up.mjs", [`writer${i}`, "5"], () => {})));
  expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  const store = await sqlite({ watchInterval: 200 }, { home, folder: home });
  expect((await store.get("lease", "counter"))?.value.expiresAt).toBe(20);
  await store[Symbol.asyncDispose]();
});
