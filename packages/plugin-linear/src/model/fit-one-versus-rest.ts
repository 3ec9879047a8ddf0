import type { Loss } from "../loss/loss.js";
import { minimize } from "../optimize/lbfgs.js";
import { createObjective } from "../optimize/objective.js";
import type { Outcome } from "../optimize/outcome.js";
import { factsOf } from "./facts.js";
import { classesOf, type Fit, penaltyOf, reporter } from "./fit-linear.js";
import { fromState, toState } from "./parameters.js";
import type { LinearState } from "./state.js";

/**
 * Learns each output for itself: its class is 1, the rest 0. `stages`: losses of one output, each minimized from where the one
 * before ended. Ends at the first "stop", the outputs after it as they started.
 */
export async function fitOneVersusRest(fit: Fit, stages: readonly Loss[], outputs: number, start: LinearState | null): Promise<LinearState> {
  const { matrix, problem, progress } = fit;
  const classes = classesOf(problem);
  const theta = start === null ? new Float64Array(outputs * matrix.size) : fromState(start, matrix, classes, outputs);
  const l2 = penaltyOf(matrix, fit.l2);
  let [iteration, value] = [0, 0];
  let ended: Outcome["ended"] = "converged";
  for (let k = 0; k < outputs && ended !== "stopped"; k++) {
    const own = outputs === 1 ? matrix : { ...matrix, target: matrix.target.map((y) => (y === k ? 1 : 0)) };
    const part = theta.subarray(k * matrix.size, (k + 1) * matrix.size);
    let left = fit.maxIterations;
    let last = 0;
    for (const [index, loss] of stages.entries()) {
      const before = iteration;
      const report = reporter(fit, (step) => {
        part.set(step.theta);
        return { iteration: before + step.iteration, value: value + step.value, theta };
      });
      const outcome = await minimize(createObjective(own, loss, l2, progress.signal), part.slice(), { tolerance: fit.tolerance, maxIterations: left, centred: false }, report);
      part.set(outcome.theta);
      iteration += outcome.iteration;
      left -= outcome.iteration;
      last = outcome.value;
      if (outcome.ended === "stopped" || (outcome.ended !== "converged" && index === stages.length - 1)) ended = outcome.ended;
      if (ended === "stopped" || left === 0) break;
    }
    value += last;
  }
  return toState(theta, matrix, classes, factsOf({ iteration, value, ended }, matrix.seen));
}
