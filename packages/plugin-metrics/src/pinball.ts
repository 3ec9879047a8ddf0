import type { Metric } from "@millrace/core";
import { meanLoss } from "./mean-loss.js";
import type { PinballOptions } from "./pinball.options.js";

/** The quantile loss of R. Koenker and G. Bassett, "Regression quantiles" (1978). */
export function pinball({ quantile }: PinballOptions): Metric {
  return meanLoss({
    name: "pinball",
    kinds: ["regression"],
    loss({ target, prediction, length }, _, losses) {
      for (let i = 0; i < length; i++) {
        const error = target[i]! - prediction[i]!;
        losses[i] = error >= 0 ? quantile * error : (quantile - 1) * error;
      }
    },
  });
}
