import type { Field, Finding, ModelVersion, Problem, Remark, RunRecord, SplitManifest, TaskOutcome } from "@millrace/core";
import type { Certificate, Comparison, CrossValidation, DataProfile, Evaluation, GateOutcome, Lineage } from "@millrace/core/engine";

/** All that a report shows, as data: `millrace report --json` prints it. Null: the run has not come that far, or the artifact is gone. */
export interface Report {
  readonly project: string;
  readonly title: string;
  readonly run: Omit<RunRecord, "tasks"> & { readonly id: string };
  readonly models: readonly ModelReport[];
}

export interface ModelReport {
  readonly name: string;
  readonly version: ModelVersion | null;
  readonly aliases: readonly string[];
  /** The model's tasks of the run, in the order of the plan. */
  readonly tasks: readonly TaskOutcome[];
  readonly profile: DataProfile | null;
  readonly split: Pick<SplitManifest, "rule" | "rows" | "facts" | "classRows"> | null;
  readonly problem: Problem | null;
  readonly findings: readonly Finding[] | null;
  readonly signature: { readonly inputs: readonly Field[]; readonly outputs: readonly Field[] } | null;
  readonly remarks: readonly Remark[] | null;
  readonly evaluation: Evaluation | null;
  readonly crossValidation: CrossValidation | null;
  readonly comparison: Comparison | null;
  readonly gates: readonly GateOutcome[] | null;
  readonly certificate: Certificate | null;
  readonly lineage: Lineage | null;
}
