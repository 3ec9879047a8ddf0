import type { Summary } from "./summary.js";

/** Beyond all finite float32 values, and finite: between them and infinity. */
const BEYOND_FLOAT32 = 3.5e38;

/**
 * Thresholds that part a column into at most `bins` bins of about the same weight, ascending: `value <= threshold` is left. Each lies strictly between two
 * float32 values that were there. As many distinct values as bins, or fewer: a bin each. A value heavier than a bin has one for itself, and the others share the rest.
 */
export function cutsOf({ values, weights }: Summary, bins: number): Float64Array {
  if (values.length <= bins) return Float64Array.from({ length: Math.max(0, values.length - 1) }, (_, index) => between(values[index]!, values[index + 1]!));
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / bins;
  const isHeavy = weights.map((weight) => (weight >= mean ? 1 : 0));
  let left = bins - isHeavy.reduce((sum, one) => sum + one, 0);
  let rest = weights.reduce((sum, weight, index) => sum + (isHeavy[index] ? 0 : weight), 0);
  let [weight, share] = [0, rest / left];
  const cuts: number[] = [];
  for (let index = 0; index < values.length - 1 && cuts.length < bins - 1; index++) {
    weight += weights[index]!;
    if (!isHeavy[index]) rest -= weights[index]!;
    const isFull = weight >= share || (isHeavy[index + 1] === 1 && weight >= share / 2);
    if (!isHeavy[index] && !isFull) continue;
    cuts.push(between(values[index]!, values[index + 1]!));
    weight = 0;
    if (!isHeavy[index]) share = rest / Math.max(1, --left);
  }
  return Float64Array.from(cuts);
}

/** The middle of two float32 values, exact in float64; next to an infinity a finite number beyond all float32 ones. */
function between(low: number, high: number): number {
  if (low === -Infinity) return high === Infinity ? 0 : -BEYOND_FLOAT32;
  return high === Infinity ? BEYOND_FLOAT32 : low + (high - low) / 2;
}

const bits = new Int32Array(1);
const float = new Float32Array(bits.buffer);

/** The greatest float32 that is not above: for float32 values, `value <= threshold` is `value <= floorFloat32(threshold)`. */
export function floorFloat32(threshold: number): number {
  float[0] = threshold;
  if (float[0]! > threshold) bits[0] = float[0]! > 0 ? bits[0]! - 1 : bits[0]! + 1;
  return float[0]!;
}
