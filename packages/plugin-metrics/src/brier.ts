import type { Metric } from "@millrace/core";
import type { JudgedRows } from "./judged-rows.js";
import { meanLoss } from "./mean-loss.js";

/**
 * The mean squared distance of probabilities and outcome. Binary: (p - y)² of the positive class, in [0, 1]; multiclass: the sum over
 * classes, in [0, 2], as G. W. Brier, "Verification of forecasts expressed in terms of probability" (1950).
 */
export function brier(): Metric {
  return meanLoss({
    name: "brier",
    kinds: ["binary", "multiclass"],
    loss: (rows, problem, losses) => (problem.kind === "binary" ? binary(rows, losses) : multiclass(rows, problem.classes.length, losses)),
  });
}

function binary({ target, prediction, length }: JudgedRows, losses: Float64Array): void {
  for (let i = 0; i < length; i++) {
    const p = prediction[i]!;
    const y = target[i]!;
    losses[i] = p >= 0 && p <= 1 && (y === 0 || y === 1) ? (p - y) * (p - y) : NaN;
  }
}

function multiclass({ target, prediction, length }: JudgedRows, classes: number, losses: Float64Array): void {
  for (let i = 0; i < length; i++) {
    let loss = target[i]! >= 0 && target[i]! < classes ? 0 : NaN;
    for (let k = 0; k < classes; k++) {
      const p = prediction[i * classes + k]!;
      loss += p >= 0 && p <= 1 ? (p - (target[i] === k ? 1 : 0)) ** 2 : NaN;
    }
    losses[i] = loss;
  }
}
