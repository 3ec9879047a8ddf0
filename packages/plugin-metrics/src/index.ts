import { defineExtension, definePlugin } from "@millrace/core/plugin";
import { accuracyOptions } from "./accuracy.options.js";
import { balancedAccuracyOptions } from "./balanced-accuracy.options.js";
import { brierOptions } from "./brier.options.js";
import { confusionOptions } from "./confusion.options.js";
import { costOptions } from "./cost.options.js";
import { eceOptions } from "./ece.options.js";
import { f1Options } from "./f1.options.js";
import { logLossOptions } from "./log-loss.options.js";
import { maeOptions } from "./mae.options.js";
import { mapeOptions } from "./mape.options.js";
import { mccOptions } from "./mcc.options.js";
import { mseOptions } from "./mse.options.js";
import { pinballOptions } from "./pinball.options.js";
import { prAucOptions } from "./pr-auc.options.js";
import { precisionOptions } from "./precision.options.js";
import { r2Options } from "./r2.options.js";
import { recallOptions } from "./recall.options.js";
import { residualsOptions } from "./residuals.options.js";
import { rmseOptions } from "./rmse.options.js";
import { rocAucOptions } from "./roc-auc.options.js";

/** The metrics of classification and regression. An implementation loads when it is created. */
export default () => definePlugin({ name: "@millrace/plugin-metrics", url: import.meta.url, extensions: metrics });

const metrics = [
  defineExtension("metric", { name: "accuracy", summary: "The share of rows whose decision is right", options: accuracyOptions, create: async (options) => (await import("./accuracy.js")).accuracy(options) }),
  defineExtension("metric", { name: "balanced-accuracy", summary: "The mean recall of the classes that occur", options: balancedAccuracyOptions, create: async (options) => (await import("./balanced-accuracy.js")).balancedAccuracy(options) }),
  defineExtension("metric", { name: "brier", summary: "Mean squared distance of probabilities and outcome", options: brierOptions, create: async () => (await import("./brier.js")).brier() }),
  defineExtension("metric", { name: "confusion", summary: "The confusion matrix; its value is the share on the diagonal", options: confusionOptions, create: async (options) => (await import("./confusion.js")).confusion(options) }),
  defineExtension("metric", { name: "cost", summary: "The mean cost of a row, by what the decision and what the truth is", options: costOptions, create: async (options) => (await import("./cost.js")).cost(options) }),
  defineExtension("metric", { name: "ece", summary: "Expected calibration error, with the calibration bins as a plot", options: eceOptions, create: async (options) => (await import("./ece.js")).ece(options) }),
  defineExtension("metric", { name: "f1", summary: "Harmonic mean of precision and recall", options: f1Options, create: async (options) => (await import("./f1.js")).f1(options) }),
  defineExtension("metric", { name: "log-loss", summary: "Mean negative log-likelihood of the class", options: logLossOptions, create: async () => (await import("./log-loss.js")).logLoss() }),
  defineExtension("metric", { name: "mae", summary: "Mean absolute error", options: maeOptions, create: async () => (await import("./mae.js")).mae() }),
  defineExtension("metric", { name: "mape", summary: "Mean absolute error relative to the target", options: mapeOptions, create: async () => (await import("./mape.js")).mape() }),
  defineExtension("metric", { name: "mcc", summary: "Matthews correlation of decision and class", options: mccOptions, create: async (options) => (await import("./mcc.js")).mcc(options) }),
  defineExtension("metric", { name: "mse", summary: "Mean squared error", options: mseOptions, create: async () => (await import("./mse.js")).mse() }),
  defineExtension("metric", { name: "pinball", summary: "Quantile loss", options: pinballOptions, create: async (options) => (await import("./pinball.js")).pinball(options) }),
  defineExtension("metric", { name: "pr-auc", summary: "Average precision, with the precision-recall curve as a plot", options: prAucOptions, create: async () => (await import("./pr-auc.js")).prAuc() }),
  defineExtension("metric", { name: "precision", summary: "The share of the rows predicted to be of a class that are", options: precisionOptions, create: async (options) => (await import("./precision.js")).precision(options) }),
  defineExtension("metric", { name: "r2", summary: "Coefficient of determination", options: r2Options, create: async () => (await import("./r2.js")).r2() }),
  defineExtension("metric", { name: "recall", summary: "The share of the rows of a class that are found", options: recallOptions, create: async (options) => (await import("./recall.js")).recall(options) }),
  defineExtension("metric", { name: "residuals", summary: "How far the mean prediction is off, with the residuals as a plot", options: residualsOptions, create: async () => (await import("./residuals.js")).residuals() }),
  defineExtension("metric", { name: "rmse", summary: "Root of the mean squared error", options: rmseOptions, create: async () => (await import("./rmse.js")).rmse() }),
  defineExtension("metric", { name: "roc-auc", summary: "Area under the ROC curve, with the curve as a plot", options: rocAucOptions, create: async (options) => (await import("./roc-auc.js")).rocAuc(options) }),
];
