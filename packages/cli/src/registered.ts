import type { RunRecord } from "@millrace/core";

/** What a run registered, as its register tasks tell. */
export interface Registered {
  readonly model: string;
  readonly version: number;
  readonly gates: "passed" | "failed";
  /** The alias that moved to it. */
  readonly alias: string | null;
  /** A sentence for each gate that failed. */
  readonly failed: readonly string[];
}

export function registeredIn(record: RunRecord): readonly Registered[] {
  return record.tasks.flatMap(({ step, status, summary }) => (step === "register" && (status === "succeeded" || status === "reused") ? [summary as unknown as Registered] : []));
}
