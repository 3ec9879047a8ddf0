import type { Field } from "./frame.js";
import type { Fold } from "./fold.js";
import type { Graph, Values } from "./graph.js";

/**
 * A feature: what it learns is a fold, what it applies is a piece of graph. It has no `apply`. In `after`, `fields` and `fit` get what stands
 * behind the model: `score`, `probabilities` or `prediction`, or what an earlier transform gave; a result takes the place of the value of its name,
 * and any other name becomes an output of the model: float32, or text or bool (0 and 1 in the graph) where that is promised. A bool promised as
 * `decision` is the model's decision where the problem is binary, whatever `as` calls it: metrics of decisions judge it. A name that is taken may be
 * given only by what reads it; in the place of `score` or `probabilities` stands only what learns from the target, and promises probabilities by
 * that; and what a decision was made of, nothing changes behind it. Its state may carry `remarks` (see Remark).
 */
export interface Transform<State = unknown> {
  /**
   * `inputs`: its columns only. `target`: reads `$target` too, and is cross-fitted in training. `selection`: reads `$target` but
   * only chooses columns; fitted once on the training part. `target-only`: changes the target itself: it stands in `after`, its
   * fold sees `$target`, and `lower` gets either `$target` (forward, in training) or `prediction` (inverse, behind the model).
   */
  readonly learnsFrom: "inputs" | "target" | "selection" | "target-only";
  /** What it promises stands in the place of what it reads: names that it reads and does not promise go out of scope. Left out: they stay, unless it promises none. */
  readonly replaces?: true;
  /** The fields that come out of these; throws TRANSFORM_INPUT for columns that it cannot take. Shapes and categories may be null: they are learnt. Where it promises none, its columns go out of scope. */
  fields(input: readonly Field[]): readonly Field[];
  fit(input: readonly Field[], target: Field | null): Fold<State>;
  /** Nodes for the fields promised (or fewer, never others). Each result's field tells what was learnt: shape, categories. */
  lower(state: State, input: Values, graph: Graph): Values;
}
