/** A tree over bins as it grows; node 0 is the root, children stand behind their parent. */
export interface GrownNode {
  /** -1: a leaf. */
  feature: number;
  /** By bin: 1 goes left. Null for a leaf. */
  goesLeft: Uint8Array | null;
  /** The last bin on the left; -1 for a set of categories. */
  bin: number;
  missingLeft: boolean;
  left: number;
  right: number;
  gain: number;
  /** Of a leaf: what it adds to the score. */
  value: number;
  hessian: number;
}

export interface GrownTree {
  readonly nodes: readonly GrownNode[];
  /** The node of each leaf, in the order of their runs of rows. */
  readonly leaves: readonly number[];
}

export function leafNode(hessian: number): GrownNode {
  return { feature: -1, goesLeft: null, bin: -1, missingLeft: false, left: -1, right: -1, gain: 0, value: 0, hessian };
}
