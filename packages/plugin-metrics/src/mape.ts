import type { Metric } from "@millrace/core";
import { meanLoss } from "./mean-loss.js";

/** The mean of |prediction - target| / |target|, as a share, not in percent. A target of 0 counts as 2.2e-16, as in scikit-learn. */
export function mape(): Metric {
  return meanLoss({
    name: "mape",
    kinds: ["regression"],
    loss({ target, prediction, length }, _, losses) {
      for (let i = 0; i < length; i++) losses[i] = Math.abs(prediction[i]! - target[i]!) / Math.max(Math.abs(target[i]!), Number.EPSILON);
    },
  });
}
