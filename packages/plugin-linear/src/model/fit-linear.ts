import type { Problem, Progress } from "@millrace/core";
import type { Loss } from "../loss/loss.js";
import type { Matrix } from "../matrix/matrix.js";
import { minimize, type Outcome } from "../optimize/lbfgs.js";
import { createObjective } from "../optimize/objective.js";
import { fromState, toState } from "./parameters.js";
import type { LinearFacts, LinearState } from "./state.js";

export interface FitOptions {
  readonly l2: number;
  readonly tolerance: number;
  readonly maxIterations: number;
}

/** Iterations between two checkpoints. */
const CHECKPOINT = 10;

/** Learns the weights of a convex loss. `intercept`: what the intercepts start from where there is no earlier state. */
export async function fitLinear(matrix: Matrix, problem: Problem, loss: Loss, intercept: readonly number[], options: FitOptions, start: LinearState | null, progress: Progress<LinearState>): Promise<LinearState> {
  const classes = classesOf(problem);
  const objective = createObjective(matrix, loss, penaltyOf(matrix, options.l2), progress.signal);
  const theta = start === null ? atIntercept(matrix, intercept) : fromState(start, matrix, classes, loss.outputs);
  const outcome = await minimize(objective, theta, { ...options, centred: loss.outputs > 1 }, async (step) => {
    if (step.iteration % CHECKPOINT === 0) await progress.save(toState(step.theta, matrix, classes, factsOf({ ...step, ended: "stopped" }, matrix)));
    return progress.report(step.iteration, { loss: step.value / matrix.totalWeight });
  });
  return toState(outcome.theta, matrix, classes, factsOf(outcome, matrix));
}

export function classesOf(problem: Problem): readonly string[] | null {
  return problem.kind === "regression" ? null : problem.classes;
}

/** l2 by parameter: none for the intercept; a number's parameter is weight * scale, so that its penalty is l2 / scale^2. */
export function penaltyOf(matrix: Matrix, l2: number): Float64Array {
  const penalty = new Float64Array(matrix.size).fill(l2);
  penalty[0] = 0;
  matrix.numberColumns.forEach(({ scale }, j) => (penalty[1 + j] = l2 / (scale * scale)));
  return penalty;
}

function atIntercept(matrix: Matrix, intercept: readonly number[]): Float64Array {
  const theta = new Float64Array(intercept.length * matrix.size);
  intercept.forEach((value, k) => (theta[k * matrix.size] = value));
  return theta;
}

export function factsOf({ iteration, value, ended }: Outcome, matrix: Matrix): LinearFacts {
  const converged = ended === "converged";
  const weights = matrix.seen.subarray(1);
  return {
    iterations: iteration,
    converged,
    objective: value,
    weights: weights.length,
    weightsSeen: weights.reduce((sum, rows) => sum + (rows > 0 ? 1 : 0), 0),
    warnings: converged ? [] : [WARNINGS[ended]],
  };
}

const WARNINGS: Readonly<Record<Outcome["ended"], string>> = {
  converged: "",
  stopped: "The training was stopped before the optimum: the weights are those of its last iteration.",
  iterations: "The optimum was not reached within maxIterations: raise it, or raise l2 (classes that a feature separates without error have no optimum at l2 = 0).",
  stalled: "The loss could not be lowered any more before the tolerance was met: the weights are as good as float64 allows, or the columns are badly scaled.",
};
