import type { Digest } from "./digest.js";
import type { Json } from "./json.js";
import type { Task, TaskResult } from "./task.js";

/** What a running task tells. `share` is in [0, 1], or null where unknown. */
export type TaskEvent =
  | { readonly kind: "progress"; readonly share: number | null; readonly message: string }
  | { readonly kind: "log"; readonly level: "info" | "warn"; readonly message: string; readonly facts: Json }
  /** What the task goes on from when it is run again: the newest counts. */
  | { readonly kind: "checkpoint"; readonly artifact: Digest };

export interface Watch {
  event(event: TaskEvent): Promise<"continue" | "stop">;
  readonly signal: AbortSignal;
}

/** Runs tasks somewhere: this process, a thread, another machine. */
export interface Executor extends AsyncDisposable {
  /** How many tasks may run at once. */
  readonly slots: number;
  /** Throws RUN_INTERRUPTED when the signal fires. */
  run(task: Task, watch: Watch): Promise<TaskResult>;
}
