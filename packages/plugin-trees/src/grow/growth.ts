import type { ColumnBins } from "../bins/binning.js";

/** How trees grow; all of a tree's rules that do not depend on the round. */
export interface Growth {
  readonly order: "leaf-wise" | "depth-wise";
  readonly leaves: number;
  /** Infinity: no bound. */
  readonly depth: number;
  readonly l1: number;
  readonly l2: number;
  readonly minGain: number;
  readonly minChildWeight: number;
  /** Least weight of a child's rows; 0: nothing asks for it. */
  readonly minChildRows: number;
  readonly categorySmoothing: number;
  readonly categoryL2: number;
  /** By column 1, 0 or -1; null: free. */
  readonly monotone: Int8Array | null;
  /** Groups of columns that may stand on one path; null: all. */
  readonly interactions: readonly ReadonlySet<number>[] | null;
  readonly learningRate: number;
  readonly bins: readonly ColumnBins[];
}
