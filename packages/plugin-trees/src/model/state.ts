import type { Remark } from "@millrace/core";
import type { ObjectiveName } from "../boost/objective.js";

/** A column as the trees see it. */
export interface StateColumn {
  readonly feature: string;
  readonly element: number;
  readonly width: number;
  /** Null for numbers. */
  readonly categories: readonly string[] | null;
  /** By code, the bin that sets are made of; missing and unseen ones, last, have the bin `bins`. Null for numbers. */
  readonly table: Uint8Array | null;
  readonly bins: number;
}

/** All trees, one behind another; tree t adds to output t mod outputs. Children are places in the same arrays; they stand behind their parents. */
export interface Forest {
  /** Where each tree begins. */
  readonly roots: Int32Array;
  /** The column that a node asks, -1 for a leaf. */
  readonly column: Int32Array;
  /** value <= threshold goes left; NaN where a set is asked. */
  readonly threshold: Float64Array;
  /** 1: a missing number goes left. */
  readonly missingLeft: Uint8Array;
  /** Which of `sets` goes left; -1: none is asked. */
  readonly set: Int32Array;
  /** 32 bytes each: bit b tells whether bin b goes left. */
  readonly sets: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** What a leaf adds. */
  readonly value: Float64Array;
  /** By how much a split lowered twice the loss; 0 for a leaf. */
  readonly gain: Float64Array;
}

export interface TreesFacts {
  readonly rounds: number;
  readonly leaves: number;
  /** The validation loss after each round, where it was asked for. */
  readonly validationLoss: Float64Array;
}

export interface TreesState {
  readonly objective: ObjectiveName | "custom";
  /** Of each output; null for regression. */
  readonly classes: readonly string[] | null;
  readonly outputs: number;
  /** The score of each output before the first tree. */
  readonly base: Float64Array;
  readonly columns: readonly StateColumn[];
  readonly forest: Forest;
  readonly facts: TreesFacts;
  readonly remarks: readonly Remark[];
}
