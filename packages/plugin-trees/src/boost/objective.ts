/** The losses that the kernels know, by their numbers in assembly/gradients.ts. */
export const OBJECTIVES = { squared: 0, absolute: 1, huber: 2, quantile: 3, poisson: 4, logistic: 5, softmax: 6 } as const;

export type ObjectiveName = keyof typeof OBJECTIVES;

/** Rows of one output, as vectors of equal length; a weight is 1 where there are none. */
export interface LossRows {
  readonly targets: Float64Array;
  readonly weights: Float64Array | null;
  /** Output after output. */
  readonly scores: Float64Array;
}

/** A loss: how it starts, what bounds its gradients, and what it measures. */
export interface Objective {
  readonly name: ObjectiveName | "custom";
  readonly outputs: number;
  /** The kernels' number of the loss: the quantile, Huber's delta; 0 where it has none. */
  readonly parameter: number;
  /** Greatest absolute gradient and hessian of a row of weight 1; null where only the rows tell. */
  readonly bounds: readonly [number, number] | null;
  /** What the score of each output is before the first tree. */
  base(targets: Float64Array, weights: Float64Array | null): Float64Array;
  /** The mean loss of rows. */
  loss(rows: LossRows): number;
  /** The share of residuals that lies below a leaf's value, where the leaf takes a quantile of them; null: the value of the gradients stays. */
  readonly leafQuantile: number | null;
}

export type ObjectiveOptions = { readonly quantile: number; readonly huberDelta: number };
