import type { Matrix } from "../matrix/matrix.js";

/** A convex loss of the margins. Margins of output k of a block lie at `k * BLOCK`. */
export interface Loss {
  /** Margins per row: 1, or one per class. */
  readonly outputs: number;
  /** Replaces margins by weighted first derivatives; returns the sum of the weighted losses of the block. */
  slopes(margins: Float64Array, matrix: Matrix, from: number, count: number): number;
  /** Replaces margins by weighted second derivatives (for several outputs: what stands for the diagonal, see softmax). */
  curvatures(margins: Float64Array, matrix: Matrix, from: number, count: number): void;
}
