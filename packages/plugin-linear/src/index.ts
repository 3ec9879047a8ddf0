import { defineExtension, definePlugin } from "@millrace/core/plugin";
import { linearSvmOptions } from "./linear-svm.options.js";
import { logisticOptions } from "./logistic.options.js";
import { meanOptions } from "./mean.options.js";
import { priorOptions } from "./prior.options.js";
import { ridgeOptions } from "./ridge.options.js";

const trainers = [
  defineExtension("trainer", { name: "logistic", summary: "Logistic regression: binary, or a softmax over more classes.", options: logisticOptions, create: async (options) => (await import("./logistic.js")).logistic(options) }),
  defineExtension("trainer", { name: "multinomial", summary: "Logistic regression under its other name for more than two classes.", options: logisticOptions, create: async (options) => (await import("./logistic.js")).logistic(options) }),
  defineExtension("trainer", { name: "linear-svm", summary: "Linear support vector machine; one against the rest for more classes.", options: linearSvmOptions, create: async (options) => (await import("./linear-svm.js")).linearSvm(options) }),
  defineExtension("trainer", { name: "ridge", summary: "Linear regression with an l2 penalty.", options: ridgeOptions, create: async (options) => (await import("./ridge.js")).ridge(options) }),
  defineExtension("trainer", { name: "prior", summary: "Baseline of classifiers: class frequencies.", options: priorOptions, create: async () => (await import("./prior.js")).prior() }),
  defineExtension("trainer", { name: "mean", summary: "Baseline of regression: the mean of the target.", options: meanOptions, create: async () => (await import("./mean.js")).mean() }),
] as const;

export default () => definePlugin({ name: "@millrace/plugin-linear", url: import.meta.url, extensions: trainers, errors: async () => (await import("./error-codes.js")).ERROR_CODES });
