import type { Found } from "./found.js";
import type { Scope } from "./scope.js";

/** A leaf while the tree grows. */
export interface Leaf {
  readonly node: number;
  /** Place among the runs of rows. */
  readonly run: number;
  readonly depth: number;
  readonly rows: number;
  readonly gradient: number;
  readonly hessian: number;
  /** Weight of its rows; NaN where nothing asks for it. */
  weight: number;
  /** Bounds of its value before the learning rate, by monotone constraints above it. */
  readonly least: number;
  readonly most: number;
  /** What may be split on. */
  readonly scope: Scope;
  /** Where its sums are kept; null: they were given up for others. */
  slot: number | null;
  /** The best split; null: there is none, or the tree is deep enough. */
  best: Found | null;
}
