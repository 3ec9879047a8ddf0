import type { Problem, Progress } from "@millrace/core";
import type { Loss } from "../loss/loss.js";
import type { Matrix } from "../matrix/matrix.js";
import { lbfgs } from "../optimize/lbfgs.js";
import { CHECKPOINT, minimize } from "../optimize/minimize.js";
import { createObjective } from "../optimize/objective.js";
import type { Outcome, Report } from "../optimize/outcome.js";
import { proximalNewton } from "../optimize/proximal-newton.js";
import { centre } from "../optimize/vector.js";
import { factsOf } from "./facts.js";
import { fromState, toState } from "./parameters.js";
import type { LinearState } from "./state.js";

export interface Fit {
  readonly matrix: Matrix;
  readonly problem: Problem;
  readonly l2: number;
  readonly l1: number;
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly progress: Progress<LinearState>;
}

/** Learns the weights of a convex loss. `intercept`: what the intercepts start from where there is no earlier state. */
export async function fitLinear(fit: Fit, loss: Loss, intercept: readonly number[], start: LinearState | null): Promise<LinearState> {
  const { matrix, problem, progress } = fit;
  const classes = classesOf(problem);
  const going = start?.minimizer?.theta.length === loss.outputs * matrix.size ? start.minimizer : null;
  const theta = going !== null ? going.theta.slice() : start === null ? atIntercepts(matrix, intercept) : fromState(start, matrix, classes, loss.outputs);
  // A softmax knows only differences between outputs, and l2 is least where they sum to 0: there its steps stay.
  if (fit.l1 === 0 && going === null) centre(theta, matrix.size);
  const objective = createObjective(matrix, loss, squaredPenalty(matrix, fit.l2), progress.signal);
  const method = fit.l1 > 0 ? proximalNewton(objective, absolutePenalty(matrix, fit.l1)) : lbfgs(objective);
  const tell = reporter(fit, (step) => step);
  const outcome = await minimize(objective, method, theta, fit, async (step) => {
    const { iteration, value } = step;
    if (iteration % CHECKPOINT === 0) await progress.save({ ...toState(step.theta, matrix, classes, factsOf({ iteration, value, ended: "stopped" }, matrix.seen)), minimizer: { theta: step.theta, iteration, pairs: method.pairs } });
    return tell(step);
  }, going ?? undefined);
  return toState(outcome.theta, matrix, classes, factsOf(outcome, matrix.seen));
}

/** Tells of each iteration. `whole`: from what one minimizer sees to the whole model. */
export function reporter({ matrix, progress }: Fit, whole: (step: Parameters<Report>[0]) => Pick<Outcome, "iteration" | "value" | "theta">): Report {
  return async (step) => {
    const { iteration, value } = whole(step);
    const answer = await progress.report(iteration, { loss: value / matrix.totalWeight });
    progress.signal.throwIfAborted();
    return answer;
  };
}

export function classesOf(problem: Problem): readonly string[] | null {
  return problem.kind === "regression" ? null : problem.classes;
}

/** l2 by parameter: none for the intercept; a number's parameter is weight * scale, so that its penalty is l2 / scale^2. */
export function squaredPenalty({ size, numberColumns }: Matrix, l2: number): Float64Array {
  const penalty = new Float64Array(size).fill(l2);
  penalty[0] = 0;
  numberColumns.forEach(({ scale }, j) => (penalty[1 + j] = l2 / (scale * scale)));
  return penalty;
}

/** The same for l1: l1 / scale for a number's parameter. */
function absolutePenalty({ size, numberColumns }: Matrix, l1: number): Float64Array {
  const penalty = new Float64Array(size).fill(l1);
  penalty[0] = 0;
  numberColumns.forEach(({ scale }, j) => (penalty[1 + j] = l1 / scale));
  return penalty;
}

function atIntercepts(matrix: Matrix, intercepts: readonly number[]): Float64Array {
  const theta = new Float64Array(intercepts.length * matrix.size);
  intercepts.forEach((value, k) => (theta[k * matrix.size] = value));
  return theta;
}
