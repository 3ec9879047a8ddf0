import type { Metric } from "@millrace/core";
import type { JudgedRows } from "./judged-rows.js";
import { meanLoss } from "./mean-loss.js";

/**
 * The mean of -ln P(class of the row). Probabilities are clipped at the machine epsilon of their dtype (float32: 1.2e-7), and those of one row are
 * scaled to sum 1, as in scikit-learn.
 */
export function logLoss(): Metric {
  return meanLoss({
    name: "log-loss",
    kinds: ["binary", "multiclass"],
    loss: (rows, problem, losses) => (problem.kind === "binary" ? binary(rows, losses) : multiclass(rows, problem.classes.length, losses)),
  });
}

function binary({ target, prediction, length }: JudgedRows, losses: Float64Array): void {
  const least = epsilonOf(prediction);
  for (let i = 0; i < length; i++) {
    const p = prediction[i]!;
    const y = target[i]!;
    const own = y === 1 ? p : y === 0 ? 1 - p : NaN;
    losses[i] = own >= 0 && own <= 1 ? -Math.log(own < least ? least : own > 1 - least ? 1 - least : own) : NaN;
  }
}

function multiclass({ target, prediction, length }: JudgedRows, classes: number, losses: Float64Array): void {
  const least = epsilonOf(prediction);
  for (let i = 0; i < length; i++) {
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += clipped(prediction[i * classes + k]!, least);
    losses[i] = -Math.log(clipped(prediction[i * classes + target[i]!]!, least) / sum);
  }
}

/** NaN for what is no probability. */
function clipped(p: number, least: number): number {
  return p >= 0 && p <= 1 ? Math.min(1 - least, Math.max(least, p)) : NaN;
}

function epsilonOf(prediction: Float32Array | Float64Array): number {
  return prediction instanceof Float32Array ? 2 ** -23 : Number.EPSILON;
}
