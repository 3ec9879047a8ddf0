import { addScore, finishCurve, mergeCurves, MillraceError, reserveScores, settleCurve, startCurve, toFloat64, widthOf, type Field, type Fold, type Frame, type ScoreCurve, type ScoreCurvePartial } from "@millrace/core";

/** The probabilities of a batch of predictions, with what came of them. */
interface Predicted {
  readonly scores: Float32Array | Float64Array;
  readonly width: number;
  readonly target: Float64Array;
  readonly weight: Float64Array | null;
}

/**
 * Of each probability of a row its curve of scores: P(positive) against the positive class, or each class against the rest. Rows without a
 * target or with a missing probability are left out. Throws TRANSFORM_SCORE for what is no probability.
 */
export function scoreCurves<State>(input: Field, finish: (curves: readonly ScoreCurve[]) => State): Fold<State, ScoreCurvePartial[]> {
  const width = widthOf(input);
  return {
    start: () => Array.from({ length: width }, startCurve),
    add(partials, batch) {
      const predicted = predictedOf(batch, input, width);
      return partials.map((partial, index) => settleCurve(withRows(partial, predicted, index)));
    },
    merge: (left, right) => left.map((partial, index) => mergeCurves(partial, right[index]!)),
    finish: (partials) => finish(partials.map((partial) => finishCurve(partial))),
  };
}

function predictedOf(batch: Frame, { name }: Field, width: number): Predicted {
  const column = batch.column(name);
  const weight = batch.fields.some((field) => field.name === "$weight") ? toFloat64(batch.column("$weight")) : null;
  return { scores: column.dtype === "float32" || column.dtype === "float64" ? column.values : toFloat64(column), width, target: toFloat64(batch.column("$target")), weight };
}

function withRows(partial: ScoreCurvePartial, { scores, width, target, weight }: Predicted, index: number): ScoreCurvePartial {
  const positive = width === 1 ? 1 : index;
  reserveScores(partial, target.length);
  for (let row = 0; row < target.length; row++) {
    const score = scores[row * width + index]!;
    if (Number.isNaN(score) || Number.isNaN(target[row])) continue;
    if (!(score >= 0 && score <= 1)) throw noProbability(score);
    addScore(partial, score, weight === null ? 1 : weight[row]!, target[row] === positive);
  }
  return partial;
}

function noProbability(score: number): MillraceError {
  return new MillraceError({
    code: "TRANSFORM_SCORE",
    message: `A prediction of the validation rows is ${score}, which is no probability.`,
    mend: "Use it behind a classifier, whose scores lie between 0 and 1.",
    facts: { score },
  });
}
