import type { Field, Rows } from "./frame.js";
import type { Graph, Values } from "./graph.js";
import type { Support } from "./support.js";

/**
 * What is predicted. Frames for trainers and metrics hold `$target`: 1 for `positive` and 0 otherwise where binary (float64), the
 * index in `classes` where multiclass (int32), the number where regression (float64).
 */
export type Problem =
  | { readonly kind: "binary"; readonly classes: readonly [string, string]; readonly positive: string }
  | { readonly kind: "multiclass"; readonly classes: readonly string[] }
  | { readonly kind: "regression" };

export interface TrainingData {
  readonly problem: Problem;
  /** float32 columns, int32 category codes, and sparse vectors where the trainer takes them, as the fitted graph leaves them. */
  readonly features: readonly Field[];
  /** Frames hold the features, `$target`, and `$weight`, `$group` where the model has them. */
  readonly train: Rows;
  readonly validation: Rows | null;
}

export interface Progress<State> {
  /** Once per iteration; yields to the event loop often enough for limits and Ctrl-C. `stop`: finish with what there is. */
  report(step: number, metrics: Readonly<Record<string, number>>): Promise<"continue" | "stop">;
  /** Keeps a checkpoint: where the task is stopped, killed or lost, it starts from the newest one when it runs again. Whoever cannot go on to the bit keeps none. */
  save(state: State): Promise<void>;
  /** Uniform in [0, 1), seeded by the task's key. */
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly limits: { readonly threads: number; readonly memoryBytes: number };
}

/** Learns a model. Knows nothing of tuning. Its state may carry `remarks` (see Remark). */
export interface Trainer<State = unknown> {
  /** Whether it takes sparse vectors: where not, a config that would give it some is refused before anything runs, with this reason. */
  readonly sparse: Support;
  /** The problems that it learns: a config that gives it another is refused before anything runs. Left out: all. */
  readonly problems?: readonly Problem["kind"][];
  /** `start`: a checkpoint, from which it ends to the bit as if nothing had disturbed it, or an earlier model to go on from. */
  train(data: TrainingData, start: State | null, progress: Progress<State>): Promise<State>;
  /**
   * From the features (float64 scalars and vectors; int64 codes with `field.categories`; sparse vectors for `sparseProduct`) to one float64 value, named by the problem: `score` [N,1] = P(positive)
   * where binary, `probabilities` [N,K] in the order of the classes where multiclass, `prediction` [N,1] where regression.
   */
  lower(state: State, input: Values, graph: Graph): Values;
}
