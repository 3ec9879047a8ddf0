import type { Metric } from "@millrace/core";
import { meanLoss } from "./mean-loss.js";

/** The mean absolute error. */
export function mae(): Metric {
  return meanLoss({
    name: "mae",
    kinds: ["regression"],
    loss({ target, prediction, length }, _, losses) {
      for (let i = 0; i < length; i++) losses[i] = Math.abs(prediction[i]! - target[i]!);
    },
  });
}
