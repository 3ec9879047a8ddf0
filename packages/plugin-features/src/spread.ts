import { isConstant } from "./moments-state.js";

export interface Spread {
  readonly mean: number;
  /** Of the population. */
  readonly deviation: number;
  /** The deviation is no more than rounding leaves of a constant. */
  readonly isConstant: boolean;
}

/**
 * Mean and standard deviation of finite values in order, up or down, `weights[i]` times each. The mean of equal values is that value: what the rounding
 * of the sum leaves is taken back (Chan, Golub and LeVeque (1979), equation 1.7). Squares do not overflow: values are scaled by a power of
 * two, which rounds nothing.
 */
export function spreadOf(values: Float64Array, weights: Float64Array, count: number): Spread {
  if (count === 0) return { mean: 0, deviation: 0, isConstant: true };
  const most = Math.max(Math.abs(values[0]!), Math.abs(values.at(-1)!));
  const scale = most > 0 && most < Infinity ? 2 ** Math.min(1000, Math.max(-1000, Math.floor(Math.log2(most)))) : 1;
  const small = 1 / scale;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += weights[i]! * (values[i]! * small);
  const near = sum / count;
  let squares = 0;
  let rest = 0;
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i]! * small - near;
    squares += weights[i]! * deviation * deviation;
    rest += weights[i]! * deviation;
  }
  const mean = near + rest / count;
  const variance = Math.max(0, squares - (rest * rest) / count) / count;
  return { mean: mean * scale, deviation: Math.sqrt(variance) * scale, isConstant: isConstant({ count, mean, variance }) };
}
