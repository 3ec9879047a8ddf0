import type { Team } from "../kernels/team.js";

/** What is added and taken away again to round to the grid: 1.5 * 2^52 grid steps. 0: nothing is rounded. */
export type Grid = readonly [gradient: number, hessian: number];

/** Sums of float64 are exact as long as they stay below 2^53 grid steps; one bit is kept in hand for the rounding itself. */
const EXACT_BITS = 52;

/** The finest grid on which sums of so many summands of at most this size are exact. */
export function gridOf(summands: number, greatest: number): number {
  if (!(greatest > 0)) return 0;
  const exponent = Math.ceil(Math.log2(summands * greatest)) - EXACT_BITS;
  return 1.5 * 2 ** (exponent + 52);
}

/** The grid for gradients that were stored unrounded. */
export function gridOfStored({ arena, threads, run }: Team, pairs: number, rows: number, factor: number): Grid {
  const mark = arena.mark();
  const results = arena.take(16 * threads);
  run("extremes", [pairs, rows, threads, results]);
  const found = arena.f64(results, 2 * threads);
  const greatest = (first: number) => found.reduce((most, value, index) => (index % 2 === first ? Math.max(most, value) : most), 0);
  const grid: Grid = [gridOf(rows, factor * greatest(0)), gridOf(rows, factor * greatest(1))];
  arena.release(mark);
  return grid;
}
