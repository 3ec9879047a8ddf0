import type { Digest } from "./digest.js";
import type { Json } from "./json.js";
import type { ModelVersion } from "./model.js";

/** Where a run stands; `interrupted` and `failed` runs go on from their last finished task. */
export type RunStatus = "running" | "succeeded" | "failed" | "interrupted";

/** One row of the rows' ledger: rows in = rows out + dropped. */
export interface Ledger {
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly dropped: readonly { readonly reason: string; readonly rows: number }[];
}

/** What a task cost and gave, in the record of its run. */
export interface TaskOutcome {
  readonly task: string;
  readonly step: string;
  /** Tasks of the run that it waited for; absent in records of before. */
  readonly needs?: readonly string[];
  readonly key: Digest | null;
  /** `interrupted`: it was stopped with its run, and goes on with the next; `skipped`: it never started. */
  readonly status: "reused" | "succeeded" | "failed" | "interrupted" | "skipped";
  readonly why: string;
  readonly seconds: number;
  readonly peakBytes: number | null;
  readonly attempts: number;
  readonly ledger: Ledger | null;
  readonly summary: Json;
  readonly error: Json;
}

/** Where a run was made: for people who ask why another machine gives other seconds. No key and no digest of an artifact depends on it. */
export interface Environment {
  readonly millrace: string;
  readonly node: string;
  /** `linux x64`. */
  readonly platform: string;
  readonly cpu: { readonly model: string; readonly cores: number };
  readonly memoryBytes: number;
  /** The commit that the project's folder stood at; null outside of git. */
  readonly commit: string | null;
  /** The nearest lock file of a package manager; null where there is none. */
  readonly lock: { readonly file: string; readonly digest: Digest } | null;
}

export interface RunRecord {
  readonly project: string;
  readonly status: RunStatus;
  readonly config: Digest;
  readonly models: readonly string[];
  readonly sample: number | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** Absent in records of before. */
  readonly environment?: Environment;
  readonly tasks: readonly TaskOutcome[];
}

/** A finished task, under its key: first commit wins. */
export interface TaskRecord {
  readonly task: string;
  readonly step: string;
  readonly run: string;
  /** What the key was made of: `why` compares two of these. */
  readonly parts: Readonly<Record<string, Json>>;
  readonly outputs: Readonly<Record<string, Digest>>;
  /** What each artifact's stamp was when the task had finished, by digest: one whose stamp is another is hashed before it is taken. */
  readonly stamps: Readonly<Record<string, string>>;
  readonly ledger: Ledger | null;
  readonly summary: Json;
  readonly seconds: number;
  readonly peakBytes: number | null;
  readonly finishedAt: string;
}

/** The newest checkpoint of a task that has not finished, under its key. */
export interface CheckpointRecord {
  readonly task: string;
  readonly artifact: Digest;
  readonly savedAt: string;
}

export interface AliasRecord {
  readonly model: string;
  readonly alias: string;
  readonly version: number;
}

/** Append-only: one per move of an alias. */
export interface AliasChange {
  readonly model: string;
  readonly alias: string;
  readonly sequence: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly reason: string;
  readonly at: string;
}

export interface LeaseRecord {
  readonly holder: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** Everything that is remembered, by kind. */
export interface Entities {
  run: RunRecord;
  task: TaskRecord;
  checkpoint: CheckpointRecord;
  model: ModelVersion;
  alias: AliasRecord;
  aliasChange: AliasChange;
  lease: LeaseRecord;
}
