/** d to the powers 0 to 4. */
export const POWERS = 5;

/** Sums over rows with d = y - centre and e = y - prediction. */
export interface ShiftedSums {
  rows: number;
  weight: number;
  /** The weighted mean of y. */
  centre: number;
  /** Σ w d². */
  spread: number;
  /** Σ w e². */
  residual: number;
  /** Σ w² d^k, Σ w² e² d^k, Σ w² e⁴ (k = 0 only), for k = 0 to 4. */
  error0: Float64Array;
  error2: Float64Array;
  error4: Float64Array;
}

const BINOMIALS = [[1], [1, 1], [1, 2, 1], [1, 3, 3, 1], [1, 4, 6, 4, 1]] as const;

/** The sums of powers about another centre, by the binomial theorem. */
export function moved(sums: ShiftedSums, centre: number): Pick<ShiftedSums, "error0" | "error2" | "error4"> {
  const by = sums.centre - centre;
  const about = (values: Float64Array): Float64Array => values.map((_, k) => BINOMIALS[k]!.reduce<number>((sum, count, j) => sum + count * by ** (k - j) * values[j]!, 0));
  return { error0: about(sums.error0), error2: about(sums.error2), error4: sums.error4 };
}
