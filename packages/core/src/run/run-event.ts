import type { RunRecord, TaskOutcome } from "../contracts/entities.js";
import type { TaskEvent } from "../contracts/executor.js";
import type { Plan, PlannedTask } from "../contracts/task.js";

/** What a run tells while it goes on. */
export type RunEvent =
  | { readonly kind: "started"; readonly run: string; readonly plan: Plan }
  | { readonly kind: "task-started"; readonly task: PlannedTask }
  | { readonly kind: "task-event"; readonly task: PlannedTask; readonly event: TaskEvent }
  | { readonly kind: "task-ended"; readonly task: PlannedTask; readonly outcome: TaskOutcome }
  | { readonly kind: "ended"; readonly run: string; readonly record: RunRecord };
