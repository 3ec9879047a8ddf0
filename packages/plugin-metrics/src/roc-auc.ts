import type { Json, Metric, Problem, ScoreCurve } from "@millrace/core";
import { BINARY_RULES, curveFold, type CurveRule } from "./curve-fold.js";
import { requireProblem } from "./problem.js";
import { rocArea, rocPoints, type Area } from "./roc.js";
import type { RocAucOptions } from "./roc-auc.options.js";
import { sum } from "./sum.js";

/**
 * Binary: the area under the ROC curve of P(positive). Multiclass: the mean of such areas, each class against the rest (`ovr`) or each
 * ordered pair of classes (`ovo`: D. J. Hand and R. J. Till, 2001); classes without rows are left out. The error of a mean is the mean of
 * the errors: an upper bound, since how the areas move together is not kept.
 */
export function rocAuc(options: RocAucOptions): Metric {
  return {
    direction: "maximize",
    columns: [],
    fold(problem) {
      requireProblem("roc-auc", problem, ["binary", "multiclass"]);
      if (problem.kind === "binary") return curveFold(problem, BINARY_RULES, ([curve], isBinned) => ({ ...rocArea(curve!), plot: { kind: "roc", isBinned, points: rocPoints(curve!, 200) } }));
      const rules = rulesOf(problem.classes.length, options.multiclass);
      return curveFold(problem, rules, (curves, isBinned) => ({ ...meanOf(curves, options), plot: plotOf(problem, rules, curves, options, isBinned) }));
    },
  };
}

function rulesOf(classes: number, how: "ovr" | "ovo"): readonly CurveRule[] {
  const all = Array.from({ length: classes }, (_, k) => k);
  if (how === "ovr") return all.map((k) => ({ score: k, side: (target) => (target === k ? 1 : 0) }));
  return all.flatMap((k) => all.filter((other) => other !== k).map((other): CurveRule => ({ score: k, side: (target) => (target === k ? 1 : target === other ? 0 : -1) })));
}

/** `weighted` weighs a class by its rows, a pair by the rows of both, as given: the areas' errors are conditional on the class counts too. */
function meanOf(curves: readonly ScoreCurve[], { average, multiclass }: RocAucOptions): Area {
  const areas = curves.map((curve) => ({ ...rocArea(curve), weight: average === "macro" ? 1 : multiclass === "ovr" ? sum(curve.positive) : sum(curve.positive) + sum(curve.negative) }));
  const known = areas.filter((area) => area.value !== null);
  const total = known.reduce((all, { weight }) => all + weight, 0);
  if (known.length === 0) return { value: null, standardError: null };
  const value = known.reduce((all, area) => all + (area.weight / total) * area.value!, 0);
  const hasErrors = known.every((area) => area.standardError !== null);
  return { value, standardError: hasErrors ? known.reduce((all, area) => all + (area.weight / total) * area.standardError!, 0) : null };
}

function plotOf(problem: Extract<Problem, { readonly kind: "multiclass" }>, rules: readonly CurveRule[], curves: readonly ScoreCurve[], { multiclass }: RocAucOptions, isBinned: boolean): Json {
  if (multiclass === "ovo") return { kind: "roc-by-pair", isBinned, areas: curves.map((curve, i) => ({ class: problem.classes[rules[i]!.score]!, value: rocArea(curve).value })) };
  return { kind: "roc-by-class", isBinned, curves: curves.map((curve, k) => ({ class: problem.classes[k]!, value: rocArea(curve).value, points: rocPoints(curve, 50) })) };
}
