import type { Remark } from "@millrace/core";
import type { From } from "../optimize/minimize.js";

/** Weights of a number feature. */
export interface NumberWeights {
  readonly feature: string;
  /** What stands in for a missing value, per element. */
  readonly means: Float64Array;
  /** elements x outputs, row-major, in the feature's own units. */
  readonly weights: Float64Array;
}

/** Weights of a code feature. */
export interface CodeWeights {
  readonly feature: string;
  readonly categories: readonly string[];
  /** (categories + 2) x outputs, row-major; the last two rows are missing and unseen. */
  readonly weights: Float64Array;
}

/** Weights of a sparse vector. */
export interface SparseWeights {
  readonly feature: string;
  /** Of the vector. */
  readonly length: number;
  /** The places that training saw, ascending; the weights of the others are 0. */
  readonly places: Int32Array;
  /** places x outputs, row-major. */
  readonly weights: Float64Array;
}

/** What a model card tells of the fit. */
export interface LinearFacts {
  readonly iterations: number;
  readonly converged: boolean;
  /** Sum of weighted losses and penalty at the end. */
  readonly objective: number;
  /** Weights per output, without the intercept, and how many of them had rows to learn from. */
  readonly weights: number;
  readonly weightsSeen: number;
  readonly warnings: readonly string[];
}

/** A linear model: intercept + numbers times weights + weights of codes + what is at places times their weights, for each output. */
export interface LinearState {
  /** Of each output; null for regression. One output, the last class's, where binary. */
  readonly classes: readonly string[] | null;
  readonly intercept: Float64Array;
  readonly numbers: readonly NumberWeights[];
  readonly codes: readonly CodeWeights[];
  readonly sparse: readonly SparseWeights[];
  readonly facts: LinearFacts;
  readonly remarks: readonly Remark[];
  /** Of a checkpoint: where the minimizer stands, to the bit. */
  readonly minimizer?: From & { readonly theta: Float64Array };
}
