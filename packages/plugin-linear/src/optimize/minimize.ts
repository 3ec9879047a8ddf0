import type { Blocks } from "./metric.js";
import type { Objective } from "./objective.js";
import type { Outcome, Report, Step } from "./outcome.js";
import type { Pair } from "./pairs.js";
import type { Point } from "./point.js";
import { addScaled } from "./vector.js";

/** Rounding of a sum over millions of rows: a step that changes the value by less is judged as equal. */
const NOISE = 1e-13;

export interface MinimizeOptions {
  /** Stop where the value can fall by no more than this share of the mean loss of a row. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

export interface Direction {
  readonly step: Float64Array;
  /** What the value changes by per length of the step, at its start; negative. */
  readonly slope: number;
}

/** How a point is left. */
export interface Method {
  /** New second derivatives, which it takes over. */
  renew(blocks: readonly Blocks[]): void;
  /** What it remembers of the steps that were taken. */
  pairs: readonly Pair[];
  direction(point: Float64Array, gradient: Float64Array): Direction;
  /** Hears of each step that was taken. */
  stepped(before: Point, after: Point): void;
  /** The part of the value that has no gradient. */
  rough(point: Float64Array): number;
}

/** Iterations from one checkpoint to the next. */
export const CHECKPOINT = 20;

/** Where a minimizer goes on: what counts at a checkpoint beside the point. */
export interface From {
  readonly iteration: number;
  readonly pairs: readonly Pair[];
}

/**
 * Descends to the minimum of a convex objective. At every checkpoint the second derivatives are made anew, so that nothing counts but the point
 * and the pairs: whoever goes on from them goes the same way to the bit.
 */
export async function minimize(objective: Objective, method: Method, theta: Float64Array, options: MinimizeOptions, report: Report, from: From = { iteration: 0, pairs: [] }): Promise<Outcome> {
  method.pairs = from.pairs;
  let point = await evaluate(objective, method, theta);
  method.renew(await objective.curvature(theta));
  let [age, last] = [0, Infinity];
  for (let { iteration } = from; ; iteration++) {
    if (iteration > from.iteration && iteration % CHECKPOINT === 0) {
      method.renew(await objective.curvature(point.theta));
      [age, last] = [0, Infinity];
    }
    let direction = method.direction(point.theta, point.gradient);
    const enough = options.tolerance * objective.unit(point.value);
    if (-direction.slope / 2 > enough && isStale(-direction.slope, last, age, objective)) {
      method.renew(await objective.curvature(point.theta));
      age = 0;
      direction = method.direction(point.theta, point.gradient);
    }
    const step: Step = { iteration, value: point.value, expected: -direction.slope / 2, theta: point.theta };
    const answer = iteration === 0 ? "continue" : await report(step);
    if (step.expected <= enough) return { ...step, ended: "converged" };
    if (answer === "stop") return { ...step, ended: "stopped" };
    if (iteration === options.maxIterations) return { ...step, ended: "iterations" };
    const next = await search(objective, method, point, direction);
    if (next === null) return { ...step, ended: "stalled" };
    method.stepped(point, next);
    point = next;
    last = -direction.slope;
    age++;
  }
}

/**
 * Second derivatives cost about five gradients: they are made anew where the last step gained less than a factor of 5. Where they
 * leave something out, the method makes up for it, and gets five steps to do so.
 */
function isStale(decrease: number, last: number, age: number, objective: Objective): boolean {
  return age > (objective.exact ? 0 : 4) && decrease > 0.2 * last;
}

/** Backtracking to sufficient decrease; the trial length 1 is nearly always right. Null where no length helps. */
async function search(objective: Objective, method: Method, from: Point, { step, slope }: Direction): Promise<Point | null> {
  for (let length = 1, trial = 0; trial < 40; trial++) {
    const theta = from.theta.slice();
    addScaled(theta, length, step);
    const found = await evaluate(objective, method, theta);
    if (found.value <= from.value + 1e-4 * length * slope + NOISE * Math.abs(from.value)) return found;
    // The minimum of the parabola through what is known, kept within [0.1, 0.5] of the last length.
    const parabola = (-slope * length * length) / (2 * (found.value - from.value - slope * length));
    length = Math.min(0.5 * length, Math.max(0.1 * length, Number.isFinite(parabola) ? parabola : 0));
  }
  return null;
}

async function evaluate(objective: Objective, method: Method, theta: Float64Array): Promise<Point> {
  const gradient = new Float64Array(theta.length);
  const smooth = await objective.evaluate(theta, gradient);
  return { theta, gradient, value: smooth + method.rough(theta) };
}
