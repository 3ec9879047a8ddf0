import type { Growth } from "../grow/growth.js";
import type { Room } from "../grow/room.js";
import type { Team } from "../kernels/team.js";
import type { CustomObjective } from "./custom-objective.js";
import type { LearningRows } from "./learning-rows.js";
import type { Objective } from "./objective.js";
import type { Sampling } from "./sampling.js";

/** All that the rounds of a training share. */
export interface Boosting {
  readonly team: Team;
  readonly growth: Growth;
  readonly room: Room;
  readonly objective: Objective;
  readonly learning: LearningRows;
  /** Rows whose scores follow the trees, for early stopping. */
  readonly watched: LearningRows | null;
  readonly sampling: Sampling;
  /** A byte per row and a float32 factor per row; 0 where all rows are in each bag. */
  readonly bag: number;
  readonly factors: number;
  /** Softmax: each row's normalizer; 0 where there is none. */
  readonly normalizers: number;
  /** A loss of the user's; null: the kernels know it. */
  readonly custom: CustomObjective | null;
}
