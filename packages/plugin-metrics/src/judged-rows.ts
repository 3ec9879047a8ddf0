import { MillraceError, toFloat64, type Frame } from "@millrace/core";

/** What every metric reads of a batch. */
export interface JudgedRows {
  readonly length: number;
  readonly target: Float64Array | Int32Array;
  /** float32 as the graph leaves it (float64 is taken too); `width` values a row. */
  readonly prediction: Float32Array | Float64Array;
  /** Null: each row weighs 1. */
  readonly weight: Float64Array | null;
  /** 1 to act, 0 not to, NaN where the model leaves it open; null: the model does not decide. */
  readonly decision: Float64Array | null;
}

/** Throws METRIC_VALUE for a weight that is missing, infinite or below 0, and FRAME_NO_COLUMN. */
export function judgedRows(batch: Frame): JudgedRows {
  const target = batch.column("$target");
  const prediction = batch.column("$prediction");
  const optional = (column: string) => (batch.fields.some(({ name }) => name === column) ? toFloat64(batch.column(column)) : null);
  const weight = optional("$weight");
  if (weight !== null) requireWeights(weight);
  return {
    length: batch.length,
    target: target.dtype === "int32" && target.validity === null ? target.values : toFloat64(target),
    prediction: prediction.dtype === "float32" ? prediction.values : toFloat64(prediction),
    weight,
    decision: optional("$decision"),
  };
}

/** The error for a row that no metric can judge. */
export function badRow(row: number, target: number, prediction: string): MillraceError {
  return new MillraceError({
    code: "METRIC_VALUE",
    message: `Row ${row} of a batch cannot be judged: its target is ${target}, its prediction ${prediction}.`,
    mend: "Give every judged row a label, and predictions that are numbers (probabilities in [0, 1]): impute missing inputs, or look for infinities among them.",
    facts: { row, target, value: [String(target), prediction] },
  });
}

function requireWeights(weight: Float64Array): void {
  for (let i = 0; i < weight.length; i++)
    if (!(weight[i]! >= 0 && weight[i]! < Infinity))
      throw new MillraceError({
        code: "METRIC_VALUE",
        message: `Row ${i} of a batch has the weight ${weight[i]}.`,
        mend: "Give every row a finite weight of at least 0 in `columns.weight`.",
        facts: { row: i, value: String(weight[i]) },
      });
}
