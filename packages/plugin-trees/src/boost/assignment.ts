import type { Progress, TrainingData } from "@millrace/core";
import type { GradientBoostingOptions } from "../gradient-boosting.options.js";
import type { TreesState } from "../model/state.js";
import type { CustomObjective } from "./custom-objective.js";
import type { Objective } from "./objective.js";

/** What is learnt, and by which loss. */
export interface Assignment {
  readonly options: GradientBoostingOptions;
  readonly data: TrainingData;
  readonly objective: Objective;
  readonly custom: CustomObjective | null;
  readonly start: TreesState | null;
  readonly progress: Progress<TreesState>;
  /** The build of the kernels without SIMD and threads, which gives the same bits. */
  readonly plain?: boolean;
}
