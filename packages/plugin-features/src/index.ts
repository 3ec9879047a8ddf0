import { defineExtension, definePlugin } from "@millrace/core/plugin";
import { bucketizeOptions } from "./bucketize.options.js";
import { calibrateOptions } from "./calibrate.options.js";
import { categoryOptions } from "./category.options.js";
import { clipOptions } from "./clip.options.js";
import { crossOptions } from "./cross.options.js";
import { cyclicOptions } from "./cyclic.options.js";
import { datePartsOptions } from "./date-parts.options.js";
import { decideOptions } from "./decide.options.js";
import { dropOptions } from "./drop.options.js";
import { frequencyOptions } from "./frequency.options.js";
import { imputeOptions } from "./impute.options.js";
import { logOptions } from "./log.options.js";
import { maxAbsOptions } from "./max-abs.options.js";
import { minMaxOptions } from "./min-max.options.js";
import { missingIndicatorOptions } from "./missing-indicator.options.js";
import { oneHotOptions } from "./one-hot.options.js";
import { pcaOptions } from "./pca.options.js";
import { polynomialOptions } from "./polynomial.options.js";
import { powerOptions } from "./power.options.js";
import { quantileOptions } from "./quantile.options.js";
import { renameOptions } from "./rename.options.js";
import { robustOptions } from "./robust.options.js";
import { selectByCorrelationOptions } from "./select-by-correlation.options.js";
import { selectByInformationOptions } from "./select-by-information.options.js";
import { selectByVarianceOptions } from "./select-by-variance.options.js";
import { selectOptions } from "./select.options.js";
import { sinceOptions } from "./since.options.js";
import { standardizeOptions } from "./standardize.options.js";
import { targetEncodeOptions } from "./target-encode.options.js";
import { targetLogOptions } from "./target-log.options.js";
import { targetStandardizeOptions } from "./target-standardize.options.js";
import { tokensOptions } from "./tokens.options.js";

/** Feature transforms: each learns by a fold and lowers to ONNX nodes. */
export default () => definePlugin({ name: "@millrace/plugin-features", url: import.meta.url, extensions: transforms, errors: async () => (await import("./error-codes.js")).ERROR_CODES });

const transforms = [
  defineExtension("transform", { name: "bucketize", summary: "Numbers as categories of intervals", options: bucketizeOptions, create: async (options) => (await import("./bucketize.js")).bucketize(options) }),
  defineExtension("transform", { name: "calibrate", summary: "Probabilities that mean what they say, behind a classifier", options: calibrateOptions, create: async (options) => (await import("./calibrate.js")).calibrate(options) }),
  defineExtension("transform", { name: "category", summary: "Text, whole numbers and booleans as categories", options: categoryOptions, create: async (options) => (await import("./category.js")).category(options) }),
  defineExtension("transform", { name: "clip", summary: "Numbers held between fixed bounds", options: clipOptions, create: async (options) => (await import("./clip.js")).clip(options) }),
  defineExtension("transform", { name: "cross", summary: "Combinations of columns as one category", options: crossOptions, create: async (options) => (await import("./cross.js")).cross(options) }),
  defineExtension("transform", { name: "cyclic", summary: "Sine and cosine of what goes round", options: cyclicOptions, create: async (options) => (await import("./cyclic.js")).cyclic(options) }),
  defineExtension("transform", { name: "date-parts", summary: "Hour, weekday, month and other parts of times", options: datePartsOptions, create: async (options) => (await import("./date-parts.js")).dateParts(options) }),
  defineExtension("transform", { name: "decide", summary: "Whether to act on a row: by a threshold, a capacity, costs or a metric, behind a classifier", options: decideOptions, create: async (options) => (await import("./decide.js")).decide(options) }),
  defineExtension("transform", { name: "drop", summary: "Takes columns out", options: dropOptions, create: async () => (await import("./drop.js")).drop() }),
  defineExtension("transform", { name: "frequency", summary: "How often a category occurs", options: frequencyOptions, create: async (options) => (await import("./frequency.js")).frequency(options) }),
  defineExtension("transform", { name: "impute", summary: "A value in the place of missing ones", options: imputeOptions, create: async (options) => (await import("./impute.js")).impute(options) }),
  defineExtension("transform", { name: "log", summary: "Natural logarithm of numbers", options: logOptions, create: async (options) => (await import("./log.js")).log(options) }),
  defineExtension("transform", { name: "max-abs", summary: "Numbers divided by the greatest absolute value", options: maxAbsOptions, create: async () => (await import("./max-abs.js")).maxAbs() }),
  defineExtension("transform", { name: "min-max", summary: "Numbers scaled to a range", options: minMaxOptions, create: async (options) => (await import("./min-max.js")).minMax(options) }),
  defineExtension("transform", { name: "missing-indicator", summary: "Whether a value is missing, as 1 and 0", options: missingIndicatorOptions, create: async (options) => (await import("./missing-indicator.js")).missingIndicator(options) }),
  defineExtension("transform", { name: "one-hot", summary: "Categories, one column each: as codes, or as a vector where asked", options: oneHotOptions, create: async (options) => (await import("./one-hot.js")).oneHot(options) }),
  defineExtension("transform", { name: "pca", summary: "Principal components of numbers", options: pcaOptions, create: async (options) => (await import("./pca.js")).pca(options) }),
  defineExtension("transform", { name: "polynomial", summary: "Products of numbers", options: polynomialOptions, create: async (options) => (await import("./polynomial.js")).polynomial(options) }),
  defineExtension("transform", { name: "power", summary: "Numbers made normal by a power", options: powerOptions, create: async (options) => (await import("./power.js")).power(options) }),
  defineExtension("transform", { name: "quantile", summary: "Numbers by the share of training values that they exceed", options: quantileOptions, create: async (options) => (await import("./quantile.js")).quantile(options) }),
  defineExtension("transform", { name: "rename", summary: "Columns under other names", options: renameOptions, create: async (options) => (await import("./rename.js")).rename(options) }),
  defineExtension("transform", { name: "robust", summary: "Numbers scaled by median and quantiles", options: robustOptions, create: async (options) => (await import("./robust.js")).robust(options) }),
  defineExtension("transform", { name: "select", summary: "Columns as they are", options: selectOptions, create: async () => (await import("./select.js")).select() }),
  defineExtension("transform", { name: "select-by-correlation", summary: "Leaves out numbers that correlate with earlier ones", options: selectByCorrelationOptions, create: async (options) => (await import("./select-by-correlation.js")).selectByCorrelation(options) }),
  defineExtension("transform", { name: "select-by-information", summary: "Keeps columns that tell most of the target", options: selectByInformationOptions, create: async (options) => (await import("./select-by-information.js")).selectByInformation(options) }),
  defineExtension("transform", { name: "select-by-variance", summary: "Leaves out numbers that hardly vary", options: selectByVarianceOptions, create: async (options) => (await import("./select-by-variance.js")).selectByVariance(options) }),
  defineExtension("transform", { name: "since", summary: "Time since a date, or between two times", options: sinceOptions, create: async (options) => (await import("./since.js")).since(options) }),
  defineExtension("transform", { name: "standardize", summary: "Numbers scaled to mean 0 and standard deviation 1", options: standardizeOptions, create: async (options) => (await import("./standardize.js")).standardize(options) }),
  defineExtension("transform", { name: "target-encode", summary: "The mean of the target per category, cross-fitted in training", options: targetEncodeOptions, create: async (options) => (await import("./target-encode.js")).targetEncode(options) }),
  defineExtension("transform", { name: "target-log", summary: "Learns the logarithm of the target", options: targetLogOptions, create: async () => (await import("./target-log.js")).targetLog() }),
  defineExtension("transform", { name: "target-standardize", summary: "Learns the standardised target", options: targetStandardizeOptions, create: async () => (await import("./target-standardize.js")).targetStandardize() }),
  defineExtension("transform", { name: "tokens", summary: "Tokens of text, counted, weighed or hashed", options: tokensOptions, create: async (options) => (await import("./tokens.js")).tokens(options) }),
] as const;
