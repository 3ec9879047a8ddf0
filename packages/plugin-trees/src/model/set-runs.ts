import { SET_BYTES } from "./forest.js";
import type { Forest } from "./state.js";

/** Whether a bin goes left at a node that asks a set. */
export function goesLeft({ set, sets }: Forest, node: number, bin: number): boolean {
  return ((sets[SET_BYTES * set[node]! + (bin >> 3)]! >> (bin & 7)) & 1) === 1;
}

/**
 * A rank for each bin of a column, so that the sets that are asked of it are few runs of ranks: bins by how often, by gain, they go left. Sets are
 * made of bins in the order of their gradients, which is much the same from node to node.
 */
export function binRanks(forest: Forest, column: number, bins: number): Int32Array {
  const leftGain = new Float64Array(bins);
  forest.column.forEach((asked, node) => {
    if (asked !== column) return;
    for (let bin = 0; bin < bins; bin++) if (goesLeft(forest, node, bin)) leftGain[bin]! += 1 + forest.gain[node]!;
  });
  const order = Array.from(leftGain.keys()).sort((a, b) => leftGain[b]! - leftGain[a]! || a - b);
  const ranks = new Int32Array(bins);
  order.forEach((bin, rank) => (ranks[bin] = rank));
  return ranks;
}

/** Where the side changes: `ends[k]` is the last rank of the k-th run, but for the last run; runs take turns, and the first goes left or not. */
export interface SetRuns {
  readonly isFirstLeft: boolean;
  readonly ends: readonly number[];
}

/** A node's set as runs of ranks. */
export function setRuns(forest: Forest, node: number, ranks: Int32Array): SetRuns {
  const sides = new Uint8Array(ranks.length);
  ranks.forEach((rank, bin) => (sides[rank] = goesLeft(forest, node, bin) ? 1 : 0));
  const ends: number[] = [];
  for (let rank = 1; rank < sides.length; rank++) if (sides[rank] !== sides[rank - 1]) ends.push(rank - 1);
  return { isFirstLeft: sides[0] === 1, ends };
}
