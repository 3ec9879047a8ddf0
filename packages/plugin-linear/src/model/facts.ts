import type { Outcome } from "../optimize/outcome.js";
import type { LinearFacts } from "./state.js";

const WARNINGS: Readonly<Record<Outcome["ended"], string | null>> = {
  converged: null,
  stopped: "The training was stopped before the optimum: the weights are those of its last iteration.",
  iterations: "The optimum was not reached within maxIterations: raise it, or raise l2 (classes that a feature separates without error have no optimum at l2 = 0).",
  stalled: "The loss could not be lowered any more before the tolerance was met: the weights are as good as float64 allows, or the columns are badly scaled.",
};

/** `seen`: rows' weights by parameter of one output. */
export function factsOf({ iteration, value, ended }: Pick<Outcome, "iteration" | "value" | "ended">, seen: Float64Array): LinearFacts {
  const warning = WARNINGS[ended];
  return {
    iterations: iteration,
    converged: ended === "converged",
    objective: value,
    weights: seen.length - 1,
    weightsSeen: seen.subarray(1).reduce((sum, rows) => sum + (rows > 0 ? 1 : 0), 0),
    warnings: warning === null ? [] : [warning],
  };
}
