import type { Arena } from "../kernels/arena.js";
import { FOUND_BYTES } from "../kernels/kernels.js";

/** A split of a leaf. */
export interface Found {
  /** By how much it lowers twice the loss. */
  readonly gain: number;
  readonly feature: number;
  /** The last bin on the left; -1: a set of categories. */
  readonly bin: number;
  /** Where missing values go; null: the leaf has none. */
  readonly missingLeft: boolean | null;
  readonly leftGradient: number;
  readonly leftHessian: number;
  /** 256 bits each: bins on the left, and bins without rows in this leaf; of a set of categories. */
  readonly set: Uint8Array;
  readonly absent: Uint8Array;
}

/** The best of what the threads found, the first of equals; null where there is none. */
export function readFound(arena: Arena, at: number, threads: number, worth: number, minGain: number): Found | null {
  let best = -1;
  let gain = -Infinity;
  for (let thread = 0; thread < threads; thread++) {
    const place = at + thread * FOUND_BYTES;
    const [here] = arena.f64(place, 1);
    if (arena.i32(place + 8, 1)[0]! >= 0 && here! > gain) [best, gain] = [place, here!];
  }
  // What is left of equal worths after rounding is no gain.
  if (best < 0 || !(gain - worth > Math.max(minGain, 1e-11 * gain))) return null;
  const [feature, bin, missingLeft] = arena.i32(best + 8, 3);
  const [leftGradient, leftHessian] = arena.f64(best + 24, 2);
  return {
    gain: gain - worth,
    feature: feature!,
    bin: bin!,
    missingLeft: missingLeft === 2 ? null : missingLeft === 1,
    leftGradient: leftGradient!,
    leftHessian: leftHessian!,
    set: arena.u8(best + 40, 32).slice(),
    absent: arena.u8(best + 72, 32).slice(),
  };
}

export const hasBit = (bits: Uint8Array, bit: number): boolean => ((bits[bit >> 3]! >> (bit & 7)) & 1) === 1;
