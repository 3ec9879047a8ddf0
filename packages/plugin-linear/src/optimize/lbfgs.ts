import type { Metric } from "./metric.js";
import type { Objective } from "./objective.js";
import type { Outcome, Report, Step } from "./outcome.js";
import { addScaled, dot } from "./vector.js";

const MEMORY = 10;

/** Rounding of a sum over millions of rows: a step that changes the value by less is judged as equal. */
const NOISE = 1e-13;

export interface MinimizeOptions {
  /** Stop where the value can fall by no more than this share of the mean loss of a row. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Several outputs that only matter by their differences: steps sum to 0 over the outputs. */
  readonly centred: boolean;
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly scale: number;
}

/**
 * L-BFGS (Nocedal and Wright, algorithm 7.4) whose initial matrix is the inverse of the factored second derivatives: where these
 * are fresh and complete it is Newton's method, and between refreshes the pairs make up for what changed.
 */
export async function minimize(objective: Objective, theta: Float64Array, options: MinimizeOptions, report: Report): Promise<Outcome> {
  let point = theta;
  let gradient = new Float64Array(objective.size);
  let value = await objective.evaluate(point, gradient);
  let metrics = (await objective.curvature(point)).map(objective.factor);
  let pairs: Pair[] = [];
  let last = Infinity;
  let age = 0;
  for (let iteration = 0; ; iteration++) {
    const direction = descent(gradient, pairs, metrics, objective, options.centred);
    const slope = dot(gradient, direction);
    const step: Step = { iteration, value, expected: -slope / 2, theta: point };
    if (step.expected <= options.tolerance * objective.unit(value)) return { ...step, ended: "converged" };
    if (iteration === options.maxIterations) return { ...step, ended: "iterations" };
    if (iteration > 0 && (await report(step)) === "stop") return { ...step, ended: "stopped" };
    if (isStale(step.expected, last, age, objective)) {
      metrics = (await objective.curvature(point)).map(objective.factor);
      if (objective.exact) pairs = [];
      age = 0;
      last = Infinity;
      iteration--;
      continue;
    }
    const found = await search(objective, point, value, direction, slope);
    if (found === null) return { ...step, ended: "stalled" };
    pairs = remember(pairs, found.theta, point, found.gradient, gradient);
    ({ theta: point, value, gradient } = found);
    last = step.expected;
    age++;
  }
}

/**
 * Second derivatives cost about five gradients: they are made anew where the last step gained less than a factor of 5. Where they
 * leave something out, the pairs make up for it, and get five steps to do so.
 */
function isStale(expected: number, last: number, age: number, objective: Objective): boolean {
  return age > (objective.exact ? 0 : 4) && expected > 0.2 * last;
}

/** Backtracking to sufficient decrease; the trial length 1 is nearly always right. Null where no length helps. */
async function search(objective: Objective, point: Float64Array, value: number, direction: Float64Array, slope: number) {
  for (let length = 1, trial = 0; trial < 40; trial++) {
    const theta = point.slice();
    addScaled(theta, length, direction);
    const gradient = new Float64Array(point.length);
    const found = await objective.evaluate(theta, gradient);
    if (found <= value + 1e-4 * length * slope + NOISE * Math.abs(value)) return { theta, gradient, value: found };
    // The minimum of the parabola through what is known, kept within [0.1, 0.5] of the last length.
    const parabola = (-slope * length * length) / (2 * (found - value - slope * length));
    length = Math.min(0.5 * length, Math.max(0.1 * length, Number.isFinite(parabola) ? parabola : 0));
  }
  return null;
}

function remember(pairs: Pair[], theta: Float64Array, point: Float64Array, after: Float64Array, before: Float64Array): Pair[] {
  const step = theta.map((x, j) => x - point[j]!);
  const change = after.map((x, j) => x - before[j]!);
  const product = dot(step, change);
  // Positive for a convex function but for rounding.
  if (!(product > 0)) return pairs;
  return [...pairs.slice(-(MEMORY - 1)), { step, change, scale: 1 / product }];
}

function descent(gradient: Float64Array, pairs: readonly Pair[], metrics: readonly Metric[], objective: Objective, centred: boolean): Float64Array {
  const q = gradient.map((x) => -x);
  const shares: number[] = [];
  for (const { step, change, scale } of pairs.toReversed()) {
    const share = scale * dot(step, q);
    shares.push(share);
    addScaled(q, -share, change);
  }
  const size = objective.size / metrics.length;
  if (centred) centre(q, size);
  metrics.forEach((metric, k) => metric.solve(q, k * size));
  if (centred) centre(q, size);
  for (const { step, change, scale } of pairs) addScaled(q, shares.pop()! - scale * dot(change, q), step);
  return q;
}

/** Takes the mean over the outputs from each parameter. */
function centre(vector: Float64Array, size: number): void {
  const outputs = vector.length / size;
  for (let j = 0; j < size; j++) {
    let sum = 0;
    for (let k = 0; k < outputs; k++) sum += vector[k * size + j]!;
    for (let k = 0; k < outputs; k++) vector[k * size + j] = vector[k * size + j]! - sum / outputs;
  }
}
