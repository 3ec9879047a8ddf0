import type { Fold } from "../contracts/fold.js";
import { eachFloat64 } from "../frame/missing.js";

export interface Extremes {
  /** Least and greatest finite value (epoch milliseconds for timestamps); null where there is none. */
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** Rows with a finite value. */
  readonly count: number;
  readonly missing: number;
  readonly infinite: number;
}

interface Partial {
  minimum: number;
  maximum: number;
  count: number;
  missing: number;
  infinite: number;
}

/** The range of a numeric column. */
export function extremes(column: string): Fold<Extremes, Partial> {
  return {
    start: () => ({ minimum: Infinity, maximum: -Infinity, count: 0, missing: 0, infinite: 0 }),
    add(partial, batch) {
      eachFloat64(batch.column(column), (values, from, to) => addBlock(partial, values, from, to));
      return partial;
    },
    merge: (left, right) => ({
      minimum: Math.min(left.minimum, right.minimum),
      maximum: Math.max(left.maximum, right.maximum),
      count: left.count + right.count,
      missing: left.missing + right.missing,
      infinite: left.infinite + right.infinite,
    }),
    finish: ({ minimum, maximum, ...partial }) => ({ minimum: partial.count > 0 ? minimum + 0 : null, maximum: partial.count > 0 ? maximum + 0 : null, ...partial }),
  };
}

function addBlock(partial: Partial, values: Float64Array, from: number, to: number): void {
  let { minimum, maximum, missing, infinite } = partial;
  for (let i = from; i < to; i++) {
    const value = values[i]!;
    if (value - value !== 0) {
      if (value !== value) missing++;
      else infinite++;
      continue;
    }
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  partial.count += to - from - (missing - partial.missing) - (infinite - partial.infinite);
  partial.minimum = minimum;
  partial.maximum = maximum;
  partial.missing = missing;
  partial.infinite = infinite;
}
