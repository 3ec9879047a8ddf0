import type { Fold, Metric, MetricResult, Problem } from "@millrace/core";
import { badRow, judgedRows, type JudgedRows } from "./judged-rows.js";
import { requireProblem } from "./problem.js";
import { standardError } from "./standard-error.js";

/** Weighted mean of a loss, and the moments of its rows under squared weights, from which the mean's error follows. */
interface MeanPartial {
  weight: number;
  mean: number;
  squares: number;
  squaresMean: number;
  squaresSpread: number;
}

export interface LossSpec<K extends Problem["kind"]> {
  readonly name: string;
  readonly kinds: readonly K[];
  /** Writes each row's loss; what is not finite there is refused with METRIC_VALUE. */
  loss(rows: JudgedRows, problem: Extract<Problem, { readonly kind: K }>, losses: Float64Array): void;
  /** From the mean to the metric, e.g. its root; default: the mean itself. */
  finish?(mean: number, error: number | null): { readonly value: number; readonly standardError: number | null };
}

/**
 * A metric that is a weighted mean over rows. Its standard error is that of a ratio estimate, sqrt(Σ w² (x - mean)²) / Σ w, times
 * n / (n - 1) with n = (Σ w)² / Σ w² (L. Kish, "Survey Sampling", 1965): the scale of the weights does not matter, and unit weights give
 * the usual s / sqrt(n).
 */
export function meanLoss<K extends Problem["kind"]>(spec: LossSpec<K>): Metric {
  return {
    direction: "minimize",
    columns: [],
    fold(problem) {
      requireProblem(spec.name, problem, spec.kinds);
      return lossFold(spec, problem);
    },
  };
}

function lossFold<K extends Problem["kind"]>(spec: LossSpec<K>, problem: Extract<Problem, { readonly kind: K }>): Fold<MetricResult, MeanPartial> {
  let losses = new Float64Array(0);
  return {
    start: () => ({ weight: 0, mean: 0, squares: 0, squaresMean: 0, squaresSpread: 0 }),
    add(partial, batch) {
      const rows = judgedRows(batch);
      if (losses.length < rows.length) losses = new Float64Array(rows.length);
      spec.loss(rows, problem, losses);
      return merge(partial, ofBatch(rows, losses));
    },
    merge,
    finish({ weight, mean, squares, squaresMean, squaresSpread }) {
      if (weight === 0) return { value: null, standardError: null, plot: null };
      const effective = (weight * weight) / squares;
      const variance = (squaresSpread + squares * (squaresMean - mean) ** 2) / (weight * weight);
      const error = effective > 1 + 1e-9 ? standardError((variance * effective) / (effective - 1), Math.abs(mean)) : null;
      return { ...(spec.finish?.(mean, error) ?? { value: mean, standardError: error }), plot: null };
    },
  };
}

/** Means and spreads merge by Chan, Golub and LeVeque (1979). */
function merge(left: MeanPartial, right: MeanPartial): MeanPartial {
  if (right.weight === 0) return left;
  if (left.weight === 0) return { ...right };
  const weight = left.weight + right.weight;
  const squares = left.squares + right.squares;
  const delta = right.squaresMean - left.squaresMean;
  return {
    weight,
    mean: left.mean + (right.mean - left.mean) * (right.weight / weight),
    squares,
    squaresMean: left.squaresMean + delta * (right.squares / squares),
    squaresSpread: left.squaresSpread + right.squaresSpread + delta * delta * ((left.squares * right.squares) / squares),
  };
}

function ofBatch(rows: JudgedRows, losses: Float64Array): MeanPartial {
  const { weight, length } = rows;
  let [sum, total, squaresSum, squares] = [0, 0, 0, 0];
  if (weight === null) {
    for (let i = 0; i < length; i++) sum += losses[i]!;
    [total, squaresSum, squares] = [length, sum, length];
  } else
    for (let i = 0; i < length; i++) {
      const w = weight[i]!;
      sum += w * losses[i]!;
      total += w;
      squaresSum += w * w * losses[i]!;
      squares += w * w;
    }
  if (!Number.isFinite(sum)) throw firstBadRow(rows, losses);
  if (total === 0) return { weight: 0, mean: 0, squares: 0, squaresMean: 0, squaresSpread: 0 };
  const squaresMean = squaresSum / squares;
  return { weight: total, mean: sum / total, squares, squaresMean, squaresSpread: spread(losses, weight, squaresMean, length) };
}

function spread(losses: Float64Array, weight: Float64Array | null, mean: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) {
    const deviation = (losses[i]! - mean) * (weight === null ? 1 : weight[i]!);
    sum += deviation * deviation;
  }
  return sum;
}

function firstBadRow({ target, prediction, length }: JudgedRows, losses: Float64Array): Error {
  const row = Math.max(0, losses.findIndex((loss) => !Number.isFinite(loss)));
  const width = prediction.length / length;
  return badRow(row, target[row]!, prediction.slice(row * width, (row + 1) * width).join(", "));
}
