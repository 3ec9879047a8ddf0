import type { AliasRecord, LeaseRecord, RunRecord } from "../../contracts/entities.js";
import type { Json } from "../../contracts/json.js";
import type { Change } from "../../contracts/store.js";

export function lease(holder: string, expiresAt = 0): LeaseRecord {
  return { holder, expiresAt };
}

export function alias(model: string, name: string, version: number): AliasRecord {
  return { model, alias: name, version };
}

export function run(fields: Partial<RunRecord> = {}, summary: Json = null): RunRecord {
  const config = `sha256:${"0".repeat(64)}` as RunRecord["config"];
  const task = { task: "m/read", step: "read", key: null, status: "succeeded", why: "new", seconds: 0, peakBytes: null, attempts: 1, ledger: null, summary, error: null } as const;
  return { project: "p", status: "running", config, models: ["m"], sample: null, startedAt: "2026-01-01T00:00:00.000Z", endedAt: null, tasks: [task], ...fields };
}

export function putLease(id: string, expect: number | null, holder: string, expiresAt = 0): Change {
  return { entity: "lease", id, expect, value: lease(holder, expiresAt) };
}

export function removeLease(id: string, expect: number | null): Change {
  return { entity: "lease", id, expect, value: null };
}

export function putRun(id: string, value: RunRecord, expect: number | null = null): Change {
  return { entity: "run", id, expect, value };
}
