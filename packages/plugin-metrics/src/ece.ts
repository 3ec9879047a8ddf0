import type { Fold, Metric, MetricResult, Problem } from "@millrace/core";
import { badRow, judgedRows, type JudgedRows } from "./judged-rows.js";
import type { EceOptions } from "./ece.options.js";
import { requireProblem } from "./problem.js";
import { standardError } from "./standard-error.js";

/** Sums per bin of equal width over [0, 1]; `gap` is outcome - probability. */
interface CalibrationPartial {
  readonly weight: Float64Array;
  readonly probability: Float64Array;
  readonly outcome: Float64Array;
  readonly squares: Float64Array;
  readonly gapSquares: Float64Array;
  readonly gapSquaredSquares: Float64Array;
}

/**
 * The expected calibration error: the mean over bins of |mean outcome - mean probability|, by the bins' weights. Binary: P(positive)
 * against the positive class; multiclass: the greatest probability against whether it is right (C. Guo et al., "On calibration of modern
 * neural networks", 2017). The standard error takes each bin's sign as known, so it is too small where a bin's gap is near 0.
 */
export function ece({ bins }: EceOptions): Metric {
  return {
    direction: "minimize",
    columns: [],
    fold(problem) {
      requireProblem("ece", problem, ["binary", "multiclass"]);
      return eceFold(problem, bins);
    },
  };
}

function eceFold(problem: Problem, bins: number): Fold<MetricResult, CalibrationPartial> {
  const zeros = () => new Float64Array(bins);
  const width = problem.kind === "multiclass" ? problem.classes.length : 1;
  return {
    start: () => ({ weight: zeros(), probability: zeros(), outcome: zeros(), squares: zeros(), gapSquares: zeros(), gapSquaredSquares: zeros() }),
    add(partial, batch) {
      const rows = judgedRows(batch);
      for (let i = 0; i < rows.length; i++) addRow(partial, rows, i, width, bins);
      return partial;
    },
    merge(left, right) {
      for (const name of Object.keys(left) as (keyof CalibrationPartial)[]) for (let bin = 0; bin < bins; bin++) left[name][bin]! += right[name][bin]!;
      return left;
    },
    finish: (partial) => calibration(partial, bins),
  };
}

function addRow(partial: CalibrationPartial, { target, prediction, weight }: JudgedRows, row: number, width: number, bins: number): void {
  let best = row * width;
  let isProbability = true;
  for (let at = row * width; at < (row + 1) * width; at++) {
    isProbability &&= prediction[at]! >= 0 && prediction[at]! <= 1;
    if (prediction[at]! > prediction[best]!) best = at;
  }
  const p = prediction[best]!;
  const y = target[row]!;
  if (!isProbability || !(y >= 0 && y < Math.max(2, width))) throw badRow(row, y, prediction.slice(row * width, (row + 1) * width).join(", "));
  const outcome = width === 1 ? y : y === best - row * width ? 1 : 0;
  const bin = Math.min(bins - 1, Math.floor(p * bins));
  const w = weight === null ? 1 : weight[row]!;
  const gap = outcome - p;
  partial.weight[bin]! += w;
  partial.probability[bin]! += w * p;
  partial.outcome[bin]! += w * outcome;
  partial.squares[bin]! += w * w;
  partial.gapSquares[bin]! += w * w * gap;
  partial.gapSquaredSquares[bin]! += w * w * gap * gap;
}

function calibration(partial: CalibrationPartial, bins: number): MetricResult {
  const total = partial.weight.reduce((sum, weight) => sum + weight, 0);
  const inBins = Array.from({ length: bins }, (_, bin) => ({ from: bin / bins, to: (bin + 1) / bins, weight: partial.weight[bin]!, probability: partial.probability[bin]!, outcome: partial.outcome[bin]! }));
  const plot = { kind: "calibration", bins: inBins.map((bin) => ({ ...bin, probability: bin.weight === 0 ? null : bin.probability / bin.weight, outcome: bin.weight === 0 ? null : bin.outcome / bin.weight })) };
  if (total === 0) return { value: null, standardError: null, plot };
  const gaps = inBins.map(({ weight, probability, outcome }) => (Math.abs(outcome - probability) <= 1e-13 * weight ? 0 : outcome - probability));
  const value = gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / total;
  let variance = 0;
  gaps.forEach((gap, bin) => {
    const sign = Math.sign(gap);
    variance += sign * sign * partial.gapSquaredSquares[bin]! - 2 * sign * value * partial.gapSquares[bin]! + value * value * partial.squares[bin]!;
  });
  return { value, standardError: standardError(Math.max(0, variance) / total ** 2, 1), plot };
}
