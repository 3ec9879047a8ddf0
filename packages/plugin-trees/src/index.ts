import { defineExtension, definePlugin } from "@millrace/core/plugin";
import { gradientBoostingOptions } from "./gradient-boosting.options.js";

const trainers = [
  defineExtension("trainer", {
    name: "gradient-boosting",
    summary: "Gradient boosting of histogram trees: numbers with missing values, native categories.",
    options: gradientBoostingOptions,
    create: async (options, context) => (await import("./gradient-boosting.js")).gradientBoosting(options, context),
  }),
] as const;

export default () => definePlugin({ name: "@millrace/plugin-trees", url: import.meta.url, extensions: trainers, errors: async () => (await import("./error-codes.js")).ERROR_CODES });
