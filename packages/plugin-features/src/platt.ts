import type { ScoreCurve } from "@millrace/core";
import { logOdds } from "./log-odds.js";

/** P(positive) = sigmoid(slope * log-odds of the score + intercept). Slope 1 and intercept 0 change nothing. */
export interface Sigmoid {
  readonly slope: number;
  readonly intercept: number;
}

/** The rows at each score, and what of them is to count as positive. */
interface Rows {
  readonly odds: Float64Array;
  readonly total: Float64Array;
  readonly positive: Float64Array;
}

/** Where the search stands: the loss, its gradient, and the Hessian (slope-slope, slope-intercept, intercept-intercept). */
interface Point extends Sigmoid {
  readonly loss: number;
  readonly gradient: readonly [number, number];
  readonly hessian: readonly [number, number, number];
}

const MOST_STEPS = 100;

/**
 * Platt scaling (J. Platt, "Probabilistic outputs for support vector machines", 1999) on log-odds, so that a calibrated model stays as it
 * is: least log-loss towards his smoothed targets (N+ + 1) / (N+ + 2) and 1 / (N- + 2), by the damped Newton method of H.-T. Lin, C.-J. Lin
 * and R. Weng, "A note on Platt's probabilistic outputs for support vector machines" (2007).
 */
export function platt(curve: ScoreCurve): Sigmoid {
  const positives = sum(curve.positive);
  const negatives = sum(curve.negative);
  const [high, low] = [(positives + 1) / (positives + 2), 1 / (negatives + 2)];
  const rows: Rows = {
    odds: Float64Array.from(curve.scores, logOdds),
    total: curve.positive.map((weight, i) => weight + curve.negative[i]!),
    positive: curve.positive.map((weight, i) => high * weight + low * curve.negative[i]!),
  };
  let point = pointAt(rows, { slope: 0, intercept: Math.log((positives + 1) / (negatives + 1)) });
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = stepFrom(rows, point);
    if (next === null) break;
    point = next;
  }
  return { slope: point.slope, intercept: point.intercept };
}

/** A Newton step, halved until it lowers the loss; null where nothing is left to gain. */
function stepFrom(rows: Rows, { slope, intercept, loss, gradient: [gs, gi], hessian: [ss, si, ii] }: Point): Point | null {
  // A single score leaves the Hessian without an inverse: the ridge of Lin et al.
  const [a, c] = [ss * (1 + 1e-12) + 1e-12, ii * (1 + 1e-12) + 1e-12];
  const determinant = a * c - si * si;
  const [ds, di] = [-(c * gs - si * gi) / determinant, -(a * gi - si * gs) / determinant];
  const descent = gs * ds + gi * di;
  if (!(descent < -1e-15 * (1 + loss))) return null;
  for (let size = 1; size > 1e-10; size /= 2) {
    const next = pointAt(rows, { slope: slope + size * ds, intercept: intercept + size * di });
    if (next.loss <= loss + 1e-4 * size * descent) return next;
  }
  return null;
}

function pointAt({ odds, total, positive }: Rows, { slope, intercept }: Sigmoid): Point {
  let [loss, gs, gi, ss, si, ii] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < odds.length; i++) {
    const margin = slope * odds[i]! + intercept;
    // log(1 + e^m) and the sigmoid without overflow.
    const e = Math.exp(-Math.abs(margin));
    const p = margin >= 0 ? 1 / (1 + e) : e / (1 + e);
    loss += total[i]! * (Math.max(margin, 0) + Math.log1p(e)) - positive[i]! * margin;
    const first = total[i]! * p - positive[i]!;
    const second = (total[i]! * e) / (1 + e) ** 2;
    gs += first * odds[i]!;
    gi += first;
    ss += second * odds[i]! * odds[i]!;
    si += second * odds[i]!;
    ii += second;
  }
  return { slope, intercept, loss, gradient: [gs, gi], hessian: [ss, si, ii] };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
