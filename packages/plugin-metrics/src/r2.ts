import type { Metric } from "@millrace/core";
import { badRow, judgedRows, type JudgedRows } from "./judged-rows.js";
import { requireProblem } from "./problem.js";
import { moved, POWERS, type ShiftedSums } from "./shifted-sums.js";
import { standardError } from "./standard-error.js";

/**
 * 1 - Σ w (y - prediction)² / Σ w (y - mean)². Where the target is constant 1 if every prediction is exact, else 0, as in scikit-learn; null for
 * fewer than two rows. The standard error is the delta method's, from the fourth moments.
 */
export function r2(): Metric {
  return {
    direction: "maximize",
    columns: [],
    fold(problem) {
      requireProblem("r2", problem, ["regression"]);
      return {
        start: () => emptySums(0),
        add: (partial, batch) => merge(partial, ofBatch(judgedRows(batch))),
        merge,
        finish(partial) {
          if (partial.rows < 2 || partial.weight === 0) return { value: null, standardError: null, plot: null };
          return { ...score(partial), plot: null };
        },
      };
    },
  };
}

function score(sums: ShiftedSums): { readonly value: number; readonly standardError: number | null } {
  const { weight, spread, residual, error2, error4, error0 } = sums;
  const mean = sums.centre;
  const scale = weight * mean * mean;
  if (spread <= 1e-26 * scale) return { value: residual <= 1e-26 * scale ? 1 : 0, standardError: null };
  const ratio = residual / spread;
  // Σ w² (e² - ratio · d²)² with e = y - prediction and d = y - mean: each row's pull on the ratio.
  const variance = (error4[0]! - 2 * ratio * error2[2]! + ratio * ratio * error0[4]!) / (spread * spread);
  return { value: 1 - ratio, standardError: standardError(Math.max(0, variance), 1) };
}

function emptySums(centre: number): ShiftedSums {
  return { rows: 0, weight: 0, centre, spread: 0, residual: 0, error0: new Float64Array(POWERS), error2: new Float64Array(POWERS), error4: new Float64Array(POWERS) };
}

/** Both sums about the mean of both. */
function merge(left: ShiftedSums, right: ShiftedSums): ShiftedSums {
  if (right.weight === 0) return left;
  if (left.weight === 0) return { ...right };
  const weight = left.weight + right.weight;
  const delta = right.centre - left.centre;
  const centre = left.centre + delta * (right.weight / weight);
  const [first, second] = [moved(left, centre), moved(right, centre)];
  return {
    rows: left.rows + right.rows,
    weight,
    centre,
    spread: left.spread + right.spread + delta * delta * ((left.weight * right.weight) / weight),
    residual: left.residual + right.residual,
    error0: added(first.error0, second.error0),
    error2: added(first.error2, second.error2),
    error4: added(first.error4, second.error4),
  };
}

function ofBatch({ target, prediction, weight, length }: JudgedRows): ShiftedSums {
  let [total, sum, rows] = [0, 0, 0];
  for (let i = 0; i < length; i++) {
    const w = weight === null ? 1 : weight[i]!;
    if (!Number.isFinite(target[i]! - prediction[i]!)) throw badRow(i, target[i]!, String(prediction[i]));
    if (w > 0) rows++;
    total += w;
    sum += w * target[i]!;
  }
  const sums = { ...emptySums(total === 0 ? 0 : sum / total), rows, weight: total };
  const { error0, error2, error4 } = sums;
  for (let i = 0; i < length; i++) {
    const w = weight === null ? 1 : weight[i]!;
    const d = target[i]! - sums.centre;
    const e2 = (target[i]! - prediction[i]!) ** 2;
    sums.spread += w * d * d;
    sums.residual += w * e2;
    let power = w * w;
    for (let k = 0; k < POWERS; k++, power *= d) {
      error0[k]! += power;
      error2[k]! += power * e2;
    }
    error4[0]! += w * w * e2 * e2;
  }
  return sums;
}

function added(one: Float64Array, other: Float64Array): Float64Array {
  return one.map((value, k) => value + other[k]!);
}
