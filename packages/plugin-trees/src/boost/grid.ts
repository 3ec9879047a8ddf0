import type { Team } from "../kernels/team.js";

/** What is added and taken away again to round to the grid: 1.5 * 2^52 grid steps. 0: nothing is rounded. */
export type Grid = readonly [gradient: number, hessian: number];

/** Of rows: the greatest absolute gradient and hessian, or what bounds them. */
export type Greatest = readonly [gradient: number, hessian: number];

/** Sums of float64 are exact as long as they stay below 2^53 grid steps; one bit is kept in hand for the rounding itself. */
const EXACT_BITS = 52;

/** The finest grid on which sums of so many summands of at most this size are exact. */
export function gridOf(summands: number, greatest: number): number {
  if (!(greatest > 0)) return 0;
  const exponent = Math.ceil(Math.log2(summands * greatest)) - EXACT_BITS;
  return 1.5 * 2 ** (exponent + 52);
}

export const gridsOf = (rows: number, [gradient, hessian]: Greatest): Grid => [gridOf(rows, gradient), gridOf(rows, hessian)];

/** Of gradients that are stored as pairs of float32. */
export function greatestOf({ arena, threads, run }: Team, pairs: number, rows: number): Greatest {
  const mark = arena.mark();
  const results = arena.take(16 * threads);
  run("extremes", [pairs, rows, threads, results]);
  const found = arena.f64(results, 2 * threads);
  const greatest = (first: number) => found.reduce((most, value, index) => (index % 2 === first ? Math.max(most, value) : most), 0);
  const both: Greatest = [greatest(0), greatest(1)];
  arena.release(mark);
  return both;
}
