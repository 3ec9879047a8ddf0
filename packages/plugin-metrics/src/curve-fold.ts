import { addScore, finishCurve, mergeCurves, reserveScores, settleCurve, startCurve, type Fold, type MetricResult, type Problem, type ScoreCurve, type ScoreCurvePartial } from "@millrace/core";
import { badRow, judgedRows, type JudgedRows } from "./judged-rows.js";

/** A curve of one score against two sets of rows, by the problem: which rows it takes, and on which side. */
export interface CurveRule {
  /** Which of the row's probabilities is the score. */
  readonly score: number;
  /** 1: positive, 0: negative, -1: not on this curve. */
  side(target: number): 1 | 0 | -1;
}

/** A metric over sorted scores. The fold is exact up to `most` distinct scores a curve. */
export function curveFold(problem: Problem, rules: readonly CurveRule[], finish: (curves: readonly ScoreCurve[], isBinned: boolean) => MetricResult, most?: number): Fold<MetricResult, ScoreCurvePartial[]> {
  const width = problem.kind === "multiclass" ? problem.classes.length : 1;
  return {
    start: () => rules.map(startCurve),
    add(partials, batch) {
      const rows = judgedRows(batch);
      requireScores(rows, width);
      rules.forEach((rule, index) => {
        addRows(partials[index]!, rows, rule, width);
        partials[index] = settleCurve(partials[index]!, most);
      });
      return partials;
    },
    merge: (left, right) => left.map((partial, index) => mergeCurves(partial, right[index]!, most)),
    finish(partials) {
      const curves = partials.map((partial) => finishCurve(partial, most));
      return finish(curves, curves.some(({ isBinned }) => isBinned));
    },
  };
}

/** One curve: the positive class against the rest. */
export const BINARY_RULES: readonly CurveRule[] = [{ score: 0, side: (target) => (target === 1 ? 1 : 0) }];

function addRows(partial: ScoreCurvePartial, { target, prediction, weight, length }: JudgedRows, rule: CurveRule, width: number): void {
  reserveScores(partial, length);
  for (let i = 0; i < length; i++) {
    const side = rule.side(target[i]!);
    if (side >= 0) addScore(partial, prediction[i * width + rule.score]!, weight === null ? 1 : weight[i]!, side === 1);
  }
}

function requireScores({ target, prediction, length }: JudgedRows, width: number): void {
  const classes = width === 1 ? 2 : width;
  for (let i = 0; i < length; i++) if (!(target[i]! >= 0 && target[i]! < classes && target[i]! % 1 === 0)) throw badRow(i, target[i]!, String(prediction[i * width]));
  for (let i = 0; i < length * width; i++) if (Number.isNaN(prediction[i])) throw badRow(Math.floor(i / width), target[Math.floor(i / width)]!, "NaN");
}
