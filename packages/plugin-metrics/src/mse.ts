import type { Metric } from "@millrace/core";
import type { JudgedRows } from "./judged-rows.js";
import { meanLoss } from "./mean-loss.js";

/** The mean squared error. */
export function mse(): Metric {
  return meanLoss({ name: "mse", kinds: ["regression"], loss: (rows, _, losses) => squaredErrors(rows, losses) });
}

export function squaredErrors({ target, prediction, length }: JudgedRows, losses: Float64Array): void {
  for (let i = 0; i < length; i++) {
    const error = prediction[i]! - target[i]!;
    losses[i] = error * error;
  }
}
