import type { StoredArtifact } from "../contracts/artifact-store.js";
import type { Digest } from "../contracts/digest.js";
import type { LeaseRecord, TaskRecord } from "../contracts/entities.js";
import type { Stored } from "../contracts/store.js";
import { parseBytes } from "../config/bytes.js";
import { before } from "../config/duration.js";
import type { ResolvedRetention } from "../config/resolved-config.js";
import { keptRecords, type KeptRecords } from "./kept-records.js";
import { artifactsOfVersion, type Remembered } from "./remembered.js";

/** Something that can go. */
export interface Removal {
  readonly kind: "run" | "task" | "checkpoint" | "model" | "lease" | "artifact";
  readonly id: string;
  /** Of an artifact; 0 of a record. */
  readonly sizeBytes: number;
  /** One sentence. */
  readonly why: string;
}

export interface RetentionDecision {
  /** Models first, then what they were made of: whoever is killed between two leaves nothing that names what is gone. */
  readonly removals: readonly Removal[];
  readonly kept: { readonly artifacts: number; readonly sizeBytes: number };
}

/** An artifact that no record names may be about to be named, by a program that holds no lease. */
const UNNAMED_MS = 3_600_000;

/** The steps whose outputs are rows of the data. */
const FRAME_STEPS: ReadonlySet<string> = new Set(["read"]);

/** What can go, and why: a pure function of what is remembered, of what is there, and of the time. */
export function decideRetention(retention: ResolvedRetention, remembered: Remembered, artifacts: readonly StoredArtifact[], now: number): RetentionDecision {
  const kept = keptRecords(retention, remembered, now);
  const old = `older than retention.runs (${retention.runs}), and nothing that is kept needs it`;
  const records = [
    ...others(remembered.models, kept.models).map(({ id }) => ({ kind: "model" as const, id, sizeBytes: 0, why: old })),
    ...others(remembered.tasks, kept.tasks).map(({ id }) => ({ kind: "task" as const, id, sizeBytes: 0, why: old })),
    ...others(remembered.checkpoints, kept.checkpoints).map(({ id }) => ({ kind: "checkpoint" as const, id, sizeBytes: 0, why: `a training that ended, or that nothing went on with for retention.frames (${retention.frames})` })),
    ...others(remembered.runs, kept.runs).map(({ id }) => ({ kind: "run" as const, id, sizeBytes: 0, why: old })),
    ...endedLeases(remembered, now).map(({ id }) => ({ kind: "lease" as const, id, sizeBytes: 0, why: "its run has ended" })),
  ];
  const gone = new Map<Digest, string>();
  const uses = artifactUses(remembered, kept);
  for (const { id, putAt } of artifacts) {
    const why = whyRemovable(uses.get(id), putAt, retention, now);
    if (why !== null) gone.set(id, why);
  }
  const over = `retention.artifacts (${retention.artifacts}) is exceeded, and this one was used least lately`;
  for (const id of beyondLimit(artifacts.filter(({ id }) => !gone.has(id)), uses, parseBytes(retention.artifacts))) gone.set(id, over);
  const removed = artifacts.filter(({ id }) => gone.has(id));
  const stays = artifacts.filter(({ id }) => !gone.has(id));
  return {
    removals: [...records, ...removed.map(({ id, sizeBytes }) => ({ kind: "artifact" as const, id, sizeBytes, why: gone.get(id)! }))],
    kept: { artifacts: stays.length, sizeBytes: sum(stays) },
  };
}

/** Why an artifact is there, as far as kept records tell. */
interface Use {
  /** A kept version is made of it. */
  isOfVersion: boolean;
  /** A kept task gave it, and it holds no rows. */
  isOfTask: boolean;
  /** When a task that gave it was done or reused last, epoch milliseconds. */
  lastUse: number;
}

function artifactUses({ runs, tasks, checkpoints, models }: Remembered, kept: KeptRecords): ReadonlyMap<Digest, Use> {
  const uses = new Map<Digest, Use>();
  const useOf = (id: Digest): Use => {
    const use = uses.get(id) ?? { isOfVersion: false, isOfTask: false, lastUse: -Infinity };
    uses.set(id, use);
    return use;
  };
  for (const { id, value } of models) if (kept.models.has(id)) for (const digest of artifactsOfVersion(value)) useOf(digest).isOfVersion = true;
  for (const { id, value } of checkpoints) if (kept.checkpoints.has(id)) Object.assign(useOf(value.artifact), { isOfTask: true, lastUse: Date.parse(value.savedAt) });
  const usedAt = new Map<string, number>();
  for (const { value } of runs) for (const { key } of value.tasks) if (key !== null) usedAt.set(key, Math.max(usedAt.get(key) ?? -Infinity, Date.parse(value.startedAt)));
  for (const { id, value } of tasks) if (kept.tasks.has(id)) for (const digest of Object.values(value.outputs)) addTask(useOf(digest), value, usedAt.get(id) ?? -Infinity);
  return uses;
}

function addTask(use: Use, { step, finishedAt }: TaskRecord, usedAt: number): void {
  use.isOfTask ||= !FRAME_STEPS.has(step);
  use.lastUse = Math.max(use.lastUse, usedAt, Date.parse(finishedAt));
}

function whyRemovable(use: Use | undefined, putAt: number, { frames }: ResolvedRetention, now: number): string | null {
  if (use === undefined) return putAt < now - UNNAMED_MS ? "no record names it" : null;
  if (use.isOfVersion || use.isOfTask) return null;
  return use.lastUse < before(now, frames) ? `rows that no run has used for longer than retention.frames (${frames})` : null;
}

/** The least lately used ones that no version needs, until the others fit. */
function beyondLimit(artifacts: readonly StoredArtifact[], uses: ReadonlyMap<Digest, Use>, limitBytes: number): readonly Digest[] {
  let excess = sum(artifacts) - limitBytes;
  const lastUse = ({ id, putAt }: StoredArtifact): number => uses.get(id)?.lastUse ?? putAt;
  const free = artifacts.filter(({ id }) => uses.get(id)?.isOfVersion === false).sort((a, b) => lastUse(a) - lastUse(b) || (a.id < b.id ? -1 : 1));
  const gone: Digest[] = [];
  for (const { id, sizeBytes } of free) {
    if (excess <= 0) break;
    excess -= sizeBytes;
    gone.push(id);
  }
  return gone;
}

/** Leases of runs that no longer say that they run: whoever settles a dead run reads when its lease ended. */
function endedLeases({ leases, runs }: Remembered, now: number): readonly Stored<LeaseRecord>[] {
  const running = new Set(runs.filter(({ value }) => value.status === "running").map(({ id }) => `run/${id}`));
  return leases.filter(({ id, value }) => id.startsWith("run/") && value.expiresAt < now && !running.has(id));
}

function others<T extends { readonly id: string }>(all: readonly T[], kept: ReadonlySet<string>): readonly T[] {
  return all.filter(({ id }) => !kept.has(id));
}

function sum(artifacts: readonly StoredArtifact[]): number {
  return artifacts.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0);
}
