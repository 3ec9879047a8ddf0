import { z } from "zod";
import { DURATION } from "./duration.js";

const columnName = z.string().min(1).regex(/^[^$]/, 'must not begin with "$": such names are reserved');
const columnList = z.array(columnName);

/** An extension in its place; a bare name was made this before. Its options are checked by its own schema. */
export const useSchema = z.strictObject({
  use: z.string().min(1).describe("Name of an extension of this kind."),
  with: z.record(z.string(), z.json()).default({}).describe("Its options."),
});

const transformUse = z.strictObject({
  ...useSchema.shape,
  from: columnList.min(1).describe("Columns that it takes."),
  as: columnName.optional().describe("Name of its first result."),
});

export const columnsSchema = z.strictObject({
  key: columnName.optional().describe("Column that names a row."),
  time: columnName.optional().describe("Column that says when a row was known."),
  target: columnName.optional().describe("Column to predict."),
  weight: columnName.optional().describe("Column of weights of rows."),
  group: columnName.optional().describe("Column whose rows stay together in a split, those without a value too, and which the errors of metrics are by; the query of a ranking."),
  positive: z.union([z.string(), z.number(), z.boolean()]).optional().describe("The positive class of a binary target."),
  horizon: z.string().regex(DURATION, 'must be a duration such as "30d", "1mo" or "15m"').optional().describe("How long a label needs to ripen."),
  ignore: columnList.default([]).describe("Columns that are no feature."),
  pii: columnList.default([]).describe("Columns that are masked in every output."),
  types: z
    .record(z.string(), z.enum(["float32", "float64", "int32", "int64", "uint8", "bool", "timestamp", "string", "bytes"]))
    .default({})
    .describe("Types by column, where the source's own are not meant."),
  rest: z.enum(["use", "drop", "error"]).default("use").describe("Columns that no feature names: features as they are, left out, or an error."),
  task: z.enum(["binary", "multiclass", "regression"]).optional().describe("The problem, where the target does not tell."),
});

export const gateSchema = z.strictObject({
  metric: z.string().min(1).describe("One of evaluate.metrics."),
  part: z.enum(["train", "validation", "test", "cross-validation"]).default("test").describe("Rows that are judged; cross-validation: the mean over split.with.parts."),
  slice: z.string().optional().describe("A value of a slice column, such as origin=JFK; not with part cross-validation, nor with versus."),
  atLeast: z.number().optional().describe("Smallest value (or difference, with versus) that passes."),
  atMost: z.number().optional().describe("Greatest value (or difference, with versus) that passes."),
  versus: z.enum(["baseline", "champion"]).optional().describe("Compare with the best baseline, or with the model that register.alias points to, by difference on the same rows; a champion of other classes or columns than the data's is an error."),
  bound: z.enum(["confidence", "point"]).default("confidence").describe("Judge the interval's worse end, or the value itself."),
});

export const evaluateSchema = z.strictObject({
  metrics: z.array(useSchema).optional().describe("What is measured; by default what is usual for the problem, and nothing where the list is empty. The first is the one that importance goes by."),
  slices: columnList.default([]).describe("Columns by whose values the metrics are given too."),
  baselines: z.array(useSchema).default([]).describe("Trainers to compare with."),
  confidence: z.number().gt(0).lt(1).default(0.95).describe("Share of the intervals."),
  gates: z.array(gateSchema).default([]).describe("What a version must reach for an alias to move to it."),
});

/** One model; `split` is checked by its rule's own schema. */
export const modelSchema = z.strictObject({
  source: useSchema.describe("Where the rows come from."),
  columns: columnsSchema.prefault({}).describe("What the columns mean."),
  check: z.array(useSchema).default([]).describe("Expectations of the data. The check for leakage is added where there is a target, unless the list is given and empty."),
  split: useSchema.describe("Which rows train, validate and test: time, hash, random or column."),
  features: z.array(transformUse).default([]).describe("Transforms before the model, in order."),
  train: useSchema.describe("The trainer."),
  after: z
    .array(transformUse.extend({ from: columnList.default([]).describe("Columns that it takes; by default the model's outputs.") }))
    .default([])
    .describe("Transforms behind the model, in order."),
  evaluate: evaluateSchema.prefault({}).describe("How good the model is."),
  register: z.strictObject({ alias: z.string().regex(/^[a-z][a-z0-9-]*$/, "must be lower case letters, digits and hyphens").nullable().default(null).describe("Alias that moves to the version.") }).prefault({}).describe("What the version is called."),
});

export type ParsedModel = z.output<typeof modelSchema>;
