import type { Fold } from "../../contracts/fold.js";
import type { MetricResult } from "../../contracts/metric.js";
import { decode, encode } from "../../fold/encode.js";

/** Groups of rows that are left out in turn, at most: enough for an interval that is hardly wider than a normal one, few enough to be cheap. */
export const JACKKNIFE_GROUPS = 32;

/**
 * What a fold finds without each of its groups, in order. Partials merge by halves, so that g groups cost g log g merges and no partial
 * is kept longer than needed; each merge works on a copy, since `merge` may change what it is given.
 */
export function leaveOneOut<Result>(fold: Fold<Result>, groups: readonly unknown[]): readonly Result[] {
  const copy = (partial: unknown): unknown => decode(encode(partial));
  const merged = (partials: readonly unknown[]): unknown => partials.reduce((left, right) => fold.merge(left, copy(right)), fold.start() as unknown);
  const solve = (inside: readonly unknown[], outside: unknown): readonly Result[] => {
    if (inside.length === 1) return [fold.finish(outside)];
    const half = inside.length >> 1;
    const [left, right] = [inside.slice(0, half), inside.slice(half)];
    return [...solve(left, fold.merge(copy(outside), merged(right))), ...solve(right, fold.merge(copy(outside), merged(left)))];
  };
  return groups.length === 0 ? [] : solve(groups, fold.start());
}

/**
 * The delete-a-group jackknife (Kott 2001): the standard error of an estimate from its values without each group that has rows, and its
 * degrees of freedom. The error is null where one of the values is undefined, and where there are fewer than two.
 */
export function jackknifeError(values: readonly (number | null)[]): Required<Pick<MetricResult, "standardError" | "degreesOfFreedom">> {
  const known = values.filter((value) => value !== null);
  const degreesOfFreedom = Math.max(0, values.length - 1);
  if (known.length < values.length || known.length < 2) return { standardError: null, degreesOfFreedom };
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return { standardError: Math.sqrt((degreesOfFreedom / known.length) * known.reduce((sum, value) => sum + (value - mean) ** 2, 0)), degreesOfFreedom };
}
