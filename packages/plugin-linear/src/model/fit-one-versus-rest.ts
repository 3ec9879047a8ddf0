import type { Loss } from "../loss/loss.js";
import type { Matrix } from "../matrix/matrix.js";
import { lbfgs } from "../optimize/lbfgs.js";
import { minimize } from "../optimize/minimize.js";
import { createObjective } from "../optimize/objective.js";
import type { Outcome, Report } from "../optimize/outcome.js";
import { factsOf } from "./facts.js";
import { classesOf, type Fit, reporter, squaredPenalty } from "./fit-linear.js";
import { fromState, toState } from "./parameters.js";
import type { LinearState } from "./state.js";

/** The tolerance of all stages but the last. */
const EARLY = 1e-3;

/** Where the work on all outputs stands. */
interface Standing {
  readonly theta: Float64Array;
  iteration: number;
  value: number;
  ended: Outcome["ended"];
  isStopped: boolean;
}

/**
 * Learns each output for itself: its class is 1, the rest 0. `stages`: losses of one output, each minimized from where the one
 * before ended. Ends at the first "stop", the outputs after it as they started.
 */
export async function fitOneVersusRest(fit: Fit, stages: readonly Loss[], outputs: number, start: LinearState | null): Promise<LinearState> {
  const { matrix, problem } = fit;
  const classes = classesOf(problem);
  const theta = start === null ? new Float64Array(outputs * matrix.size) : fromState(start, matrix, classes, outputs);
  const standing: Standing = { theta, iteration: 0, value: 0, ended: "converged", isStopped: false };
  for (let k = 0; k < outputs && !standing.isStopped; k++) {
    const own = outputs === 1 ? matrix : { ...matrix, target: matrix.target.map((y) => (y === k ? 1 : 0)) };
    await fitOutput(fit, own, stages, k, standing);
  }
  return toState(theta, matrix, classes, factsOf(standing, matrix.seen));
}

async function fitOutput(fit: Fit, own: Matrix, stages: readonly Loss[], output: number, standing: Standing): Promise<void> {
  const part = standing.theta.subarray(output * own.size, (output + 1) * own.size);
  const l2 = squaredPenalty(own, fit.l2);
  const { value } = standing;
  let left = fit.maxIterations;
  for (const [index, loss] of stages.entries()) {
    const before = standing.iteration;
    const tell = reporter(fit, (step) => {
      part.set(step.theta);
      return { iteration: before + step.iteration, value: value + step.value, theta: standing.theta };
    });
    const report: Report = async (step) => {
      const answer = await tell(step);
      standing.isStopped = answer === "stop";
      return answer;
    };
    const objective = createObjective(own, loss, l2, fit.progress.signal);
    const outcome = await minimize(objective, lbfgs(objective), part.slice(), { tolerance: index === stages.length - 1 ? fit.tolerance : Math.max(fit.tolerance, EARLY), maxIterations: left }, report);
    part.set(outcome.theta);
    standing.iteration += outcome.iteration;
    standing.value = value + outcome.value;
    left -= outcome.iteration;
    const isLast = standing.isStopped || left === 0 || index === stages.length - 1;
    if (standing.isStopped) standing.ended = "stopped";
    else if (isLast && outcome.ended !== "converged") standing.ended = outcome.ended;
    if (isLast) return;
  }
}
