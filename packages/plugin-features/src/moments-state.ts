import { defineFold, fuse, moments, type Fold, type Moments } from "@millrace/core";

/** Means and standard deviations of columns, in their order. */
export interface MomentsState {
  readonly means: Float64Array;
  readonly scales: Float64Array;
}

/** The moments of several columns in one pass, what `finish` makes of them. */
export function momentsOf<State>(columns: readonly string[], finish: (moments: readonly Moments[]) => State): Fold<State> {
  const fused = fuse(Object.fromEntries(columns.map((column, index) => [String(index), moments(column)])));
  return defineFold({ ...fused, finish: (partial) => finish(Object.values(fused.finish(partial))) });
}

/** A column without values has mean 0; one without spread has scale 1. */
export function momentsState(all: readonly Moments[]): MomentsState {
  return {
    means: Float64Array.from(all, ({ mean, count }) => (count === 0 ? 0 : mean)),
    scales: Float64Array.from(all, (moments) => (isConstant(moments) ? 1 : Math.sqrt(moments.variance))),
  };
}

/** The variance is no more than rounding leaves of a constant (scikit-learn, `_is_constant_feature`). */
export function isConstant({ count, mean, variance }: Pick<Moments, "count" | "mean" | "variance">): boolean {
  const rounding = count * Number.EPSILON;
  return count === 0 || variance <= rounding * variance + (rounding * mean) ** 2;
}
