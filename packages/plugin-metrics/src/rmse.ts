import type { Metric } from "@millrace/core";
import { meanLoss } from "./mean-loss.js";
import { squaredErrors } from "./mse.js";

/** The root of the mean squared error; its standard error by the delta method. */
export function rmse(): Metric {
  return meanLoss({
    name: "rmse",
    kinds: ["regression"],
    loss: (rows, _, losses) => squaredErrors(rows, losses),
    finish(mean, error) {
      const value = Math.sqrt(mean);
      return { value, standardError: error === null ? null : value === 0 ? 0 : error / (2 * value) };
    },
  });
}
