import type { Taker } from "../kernels/arena.js";
import type { Team } from "../kernels/team.js";

/** A column's distinct values, ascending, and what each weighs: its rows, or a share of them where values were left out. */
export interface Summary {
  readonly values: Float32Array;
  readonly weights: Float64Array;
}

/** Values of a summary at most, and one; as many distinct ones are kept exactly. */
export const SUMMARY_VALUES = 8192;

export const EMPTY: Summary = { values: new Float32Array(0), weights: new Float64Array(0) };

/** More than all levels of a sketch hold together: each level stands for twice the rows of the one before. */
const MOST_VALUES = 32 * (SUMMARY_VALUES + 1);

/** Room for two summaries, and for what they become. */
export function takeMerge(taker: Taker) {
  return { values: taker.take(4 * MOST_VALUES), weights: taker.take(8 * MOST_VALUES), outValues: taker.take(4 * MOST_VALUES), outWeights: taker.take(8 * MOST_VALUES), count: taker.take(4) };
}

/** Both as one; `isPruned`: of at most SUMMARY_VALUES values and one, which stand for their neighbours. */
export function mergeSummaries({ arena, run }: Team, left: Summary, right: Summary, isPruned: boolean): Summary {
  if (left.values.length === 0) return right;
  if (right.values.length === 0) return left;
  const mark = arena.mark();
  const { values, weights, outValues, outWeights, count } = takeMerge(arena);
  const size = left.values.length;
  const both = size + right.values.length;
  arena.f32(values, both).set(left.values);
  arena.f32(values, both).set(right.values, size);
  arena.f64(weights, both).set(left.weights);
  arena.f64(weights, both).set(right.weights, size);
  run("mergeSummaries", [values, weights, size, values + 4 * size, weights + 8 * size, right.values.length, outValues, outWeights, isPruned ? SUMMARY_VALUES : 0, count], [], 0);
  const found = arena.i32(count, 1)[0]!;
  const merged = { values: arena.f32(outValues, found).slice(), weights: arena.f64(outWeights, found).slice() };
  arena.release(mark);
  return merged;
}
