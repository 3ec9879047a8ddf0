import type { AsyncParallelHook, AsyncSeriesBailHook, AsyncSeriesWaterfallHook } from "tapable";
import type { AliasChange, RunRecord, TaskOutcome, TaskRecord } from "./entities.js";
import type { Json } from "./json.js";
import type { ModelVersion } from "./model.js";
import type { Digest } from "./digest.js";
import type { Plan, PlannedTask } from "./task.js";

/**
 * The lifecycle, in the order in which it fires. Shapers are verbs: they may change the course, and their failure fails the run.
 * Observers are past tense: they get read-only values, and one that throws is logged with its plugin's name.
 */
export interface Hooks {
  /** The raw config before it is parsed. */
  readonly config: AsyncSeriesWaterfallHook<[config: Json]>;
  readonly plan: AsyncSeriesWaterfallHook<[plan: Plan]>;
  /** Return false to run a task that would have been reused; undefined to leave it. */
  readonly reuse: AsyncSeriesBailHook<[task: PlannedTask, record: TaskRecord], false | undefined>;
  readonly runStarted: AsyncParallelHook<[run: RunRecord, id: string]>;
  readonly taskStarted: AsyncParallelHook<[task: PlannedTask, key: Digest]>;
  readonly taskEnded: AsyncParallelHook<[outcome: TaskOutcome]>;
  readonly taskFailed: AsyncParallelHook<[outcome: TaskOutcome, error: unknown]>;
  readonly modelRegistered: AsyncParallelHook<[version: ModelVersion]>;
  readonly aliasMoved: AsyncParallelHook<[change: AliasChange]>;
  readonly runEnded: AsyncParallelHook<[run: RunRecord, id: string]>;
}
