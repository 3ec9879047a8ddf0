import type { ArtifactStore } from "./artifact-store.js";
import type { Hooks } from "./hooks.js";
import type { StepKinds } from "./step-kinds.js";
import type { ResolvedModel, Use } from "./resolved.js";
import type { Store } from "./store.js";
import type { Task, TaskResult, TaskSpec } from "./task.js";

export interface Limits {
  readonly threads: number;
  readonly memoryBytes: number;
}

/** What only the process that owns a run has. */
export interface Coordinator {
  readonly store: Store;
  readonly hooks: Hooks;
  readonly run: string;
  readonly startedAt: string;
  /** How many tasks the executor does at once. */
  readonly slots: number;
  /**
   * Does tasks where the executor does them, again where their error says that this may help, from the moment on when results are asked for. They
   * come in the order of the tasks, each as soon as it and all before it are there; no record is kept. Throws what the first task throws that
   * fails, when the others have ended; who asks for no more results ends what still runs. For map and merge, and for trials.
   */
  schedule(tasks: readonly Task[]): AsyncIterable<TaskResult>;
}

/** Where a long task goes on when it was stopped, killed or lost. What comes out must be what an undisturbed task gives. */
export interface Checkpoints {
  /** What was kept last under the task's key; null: start from nothing. */
  last(): Promise<Uint8Array | null>;
  keep(bytes: Uint8Array): Promise<void>;
}

/** What a running step may touch. */
export interface StepContext {
  readonly signal: AbortSignal;
  readonly limits: Limits;
  readonly artifacts: ArtifactStore;
  /** Null for the steps of place `executor`. */
  readonly coordinator: Coordinator | null;
  create<K extends keyof StepKinds>(kind: K, use: Use): Promise<StepKinds[K]>;
  /** Tells how far the task is and goes on before that is answered, yields to the event loop, and throws RUN_INTERRUPTED when it is to stop. `share` null: unknown. */
  progress(share: number | null, message: string): Promise<void>;
  readonly checkpoints: Checkpoints;
  /** Uniform in [0, 1), seeded by the task's key. */
  readonly random: () => number;
}

/** A stage of a model's life: what it adds to the plan, beside what it does. */
export interface Step {
  /** `coordinator`: in the process that owns the run, with the store. */
  readonly place: "coordinator" | "executor";
  /** Pure: the tasks so far, with this step's own added (or the others changed). */
  plan(model: ResolvedModel, tasks: readonly TaskSpec[]): readonly TaskSpec[];
  run(task: Task, context: StepContext): Promise<TaskResult>;
}
