import type { AliasChange, AliasRecord, CheckpointRecord, LeaseRecord, RunRecord, TaskRecord } from "../contracts/entities.js";
import type { Digest } from "../contracts/digest.js";
import type { ModelVersion } from "../contracts/model.js";
import type { Stored } from "../contracts/store.js";

/** All that a project remembers. */
export interface Remembered {
  readonly runs: readonly Stored<RunRecord>[];
  readonly tasks: readonly Stored<TaskRecord>[];
  readonly checkpoints: readonly Stored<CheckpointRecord>[];
  readonly models: readonly Stored<ModelVersion>[];
  readonly aliases: readonly Stored<AliasRecord>[];
  readonly aliasChanges: readonly Stored<AliasChange>[];
  readonly leases: readonly Stored<LeaseRecord>[];
}

/** The artifacts that a version is made of. */
export function artifactsOfVersion({ onnx, signature, metrics, card, certificate, golden, lineage }: ModelVersion): readonly Digest[] {
  return [onnx, signature, metrics, card, certificate, golden, lineage];
}
