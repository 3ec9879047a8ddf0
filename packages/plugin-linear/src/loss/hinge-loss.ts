import type { Loss } from "./loss.js";

/** The squared hinge: max(0, 1 - t m)^2 for t = 1 where the target is 1, and -1 where it is 0. */
export const squaredHingeLoss: Loss = {
  outputs: 1,
  slopes(margins, { target, weight }, from, count) {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const t = 2 * target[from + i]! - 1;
      const short = Math.max(0, 1 - t * margins[i]!);
      const w = weight === null ? 1 : weight[from + i]!;
      sum += w * short * short;
      margins[i] = -2 * w * t * short;
    }
    return sum;
  },
  curvatures(margins, { target, weight }, from, count) {
    for (let i = 0; i < count; i++) {
      const t = 2 * target[from + i]! - 1;
      margins[i] = t * margins[i]! < 1 ? 2 * (weight === null ? 1 : weight[from + i]!) : 0;
    }
  },
};

/** A share of each row's curvature that is always there, so that the second derivatives say something of every weight. */
const FLOOR = 1e-3;

/**
 * The hinge max(0, 1 - t m), its corner rounded to a parabola over the last `round` before the margin (Rennie and Srebro 2005;
 * Chapelle 2007): at most `round / 2` below the hinge.
 */
export function roundedHingeLoss(round: number): Loss {
  return {
    outputs: 1,
    slopes(margins, { target, weight }, from, count) {
      let sum = 0;
      for (let i = 0; i < count; i++) {
        const t = 2 * target[from + i]! - 1;
        const short = Math.max(0, 1 - t * margins[i]!);
        const w = weight === null ? 1 : weight[from + i]!;
        sum += w * (short < round ? (short * short) / (2 * round) : short - round / 2);
        margins[i] = -w * t * Math.min(1, short / round);
      }
      return sum;
    },
    curvatures(margins, { target, weight }, from, count) {
      for (let i = 0; i < count; i++) {
        const short = 1 - (2 * target[from + i]! - 1) * margins[i]!;
        margins[i] = (weight === null ? 1 : weight[from + i]!) * (short > 0 && short < round ? 1 / round : FLOOR);
      }
    },
  };
}
