import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { RunRecord } from "../contracts/entities.js";
import { digestOf } from "../fold/digest.js";
import { processName } from "../record/process-name.js";
import { createMemoryStore } from "../testkit/memory-store.js";
import { holdRunLease, settleDeadRuns } from "./run-lease.js";

const running: RunRecord = { project: "p", status: "running", config: digestOf("c"), models: [], sample: null, startedAt: "2026-01-01T00:00:00.000Z", endedAt: null, tasks: [] };

describe("a run's lease", () => {
  it("keeps a live run running, and lets a dead one be settled", async () => {
    const store = createMemoryStore();
    for (const id of ["alive", "dead", "old"]) await store.commit([{ entity: "run", id, expect: null, value: running }]);
    await using _alive = await holdRunLease(store, "alive");
    await store.commit([{ entity: "lease", id: "run/dead", expect: null, value: { holder: "dead", expiresAt: Date.parse("2026-01-01T00:05:00Z") } }]);
    await settleDeadRuns(store, Date.now());
    const statusOf = async (id: string) => (await store.get("run", id))!.value;
    expect((await statusOf("alive")).status).toBe("running");
    expect(await statusOf("dead")).toMatchObject({ status: "interrupted", endedAt: "2026-01-01T00:05:00.000Z" });
    expect((await statusOf("old")).status).toBe("interrupted");
  });

  it("of a process of this machine that was killed has ended with it, long before it would run out", async () => {
    const store = createMemoryStore();
    const { pid } = spawnSync(process.execPath, ["--version"]);
    const [mine, killed] = [processName(), processName().replace(`/${process.pid}#`, `/${pid}#`)];
    for (const [id, holder] of [["mine", mine], ["killed", killed], ["elsewhere", killed.replace("/", "-elsewhere/")]] as const) {
      await store.commit([{ entity: "run", id, expect: null, value: running }, { entity: "lease", id: `run/${id}`, expect: null, value: { holder, expiresAt: Date.now() + 60_000 } }]);
    }
    await settleDeadRuns(store, Date.now());
    const statuses = await Promise.all(["mine", "killed", "elsewhere"].map(async (id) => (await store.get("run", id))!.value.status));
    expect(statuses).toEqual(["running", "interrupted", "running"]);
  });

  it("is given back at the end", async () => {
    const store = createMemoryStore();
    const lease = await holdRunLease(store, "done");
    expect(await store.get("lease", "run/done")).not.toBeNull();
    await lease[Symbol.asyncDispose]();
    expect(await store.get("lease", "run/done")).toBeNull();
  });
});
