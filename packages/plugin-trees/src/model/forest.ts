import type { ColumnBins } from "../bins/binning.js";
import type { GrownNode, GrownTree } from "../grow/tree.js";
import type { Forest } from "./state.js";

/** A bit for each bin of a byte. */
export const SET_BYTES = 32;

/** The trees of `start`, and those that were grown behind it. */
export function createForest(start: Forest | null, trees: readonly GrownTree[], bins: readonly ColumnBins[]): Forest {
  const nodes = trees.flatMap(({ nodes }) => nodes);
  const before = start?.column.length ?? 0;
  const offsets = trees.map(() => 0);
  trees.forEach((_, index) => (offsets[index] = index === 0 ? before : offsets[index - 1]! + trees[index - 1]!.nodes.length));
  const firstOf = trees.flatMap(({ nodes }, index) => nodes.map(() => offsets[index]!));
  const child = (of: (node: GrownNode) => number) => nodes.map((node, index) => (node.feature < 0 ? -1 : firstOf[index]! + of(node)));
  let sets = (start?.sets.length ?? 0) / SET_BYTES;
  const isSet = (node: GrownNode) => node.feature >= 0 && node.bin < 0;
  return {
    roots: joinInts(start?.roots, offsets),
    column: joinInts(start?.column, nodes.map(({ feature }) => feature)),
    threshold: joinFloats(start?.threshold, nodes.map((node) => thresholdOf(node, bins))),
    missingLeft: joinBytes(start?.missingLeft, nodes.map(({ feature, bin, missingLeft }) => (feature >= 0 && bin >= 0 && missingLeft ? 1 : 0))),
    set: joinInts(start?.set, nodes.map((node) => (isSet(node) ? sets++ : -1))),
    sets: joinBytes(start?.sets, nodes.filter(isSet).flatMap(({ goesLeft }) => [...bitsOf(goesLeft!)])),
    left: joinInts(start?.left, child(({ left }) => left)),
    right: joinInts(start?.right, child(({ right }) => right)),
    value: joinFloats(start?.value, nodes.map(({ value }) => value)),
    gain: joinFloats(start?.gain, nodes.map(({ gain }) => gain)),
  };
}

/** Where all values go left, and missing ones right, the threshold is Infinity. */
function thresholdOf({ feature, bin }: GrownNode, bins: readonly ColumnBins[]): number {
  const column = bins[feature];
  return column?.kind === "number" ? (column.thresholds[bin] ?? Infinity) : Number.NaN;
}

function bitsOf(goesLeft: Uint8Array): Uint8Array {
  const bits = new Uint8Array(SET_BYTES);
  goesLeft.forEach((goes, bin) => (bits[bin >> 3]! |= goes << (bin & 7)));
  return bits;
}

function joinInts(start: Int32Array | undefined, more: readonly number[]): Int32Array {
  const all = new Int32Array((start?.length ?? 0) + more.length);
  if (start !== undefined) all.set(start);
  all.set(more, start?.length ?? 0);
  return all;
}

function joinFloats(start: Float64Array | undefined, more: readonly number[]): Float64Array {
  const all = new Float64Array((start?.length ?? 0) + more.length);
  if (start !== undefined) all.set(start);
  all.set(more, start?.length ?? 0);
  return all;
}

function joinBytes(start: Uint8Array | undefined, more: readonly number[]): Uint8Array {
  const all = new Uint8Array((start?.length ?? 0) + more.length);
  if (start !== undefined) all.set(start);
  all.set(more, start?.length ?? 0);
  return all;
}

/** The first trees alone. */
export function firstTrees(forest: Forest, trees: number): Forest {
  if (trees >= forest.roots.length) return forest;
  const end = forest.roots[trees]!;
  const sets = 1 + forest.set.subarray(0, end).reduce((most, set) => Math.max(most, set), -1);
  return {
    roots: forest.roots.slice(0, trees),
    column: forest.column.slice(0, end),
    threshold: forest.threshold.slice(0, end),
    missingLeft: forest.missingLeft.slice(0, end),
    set: forest.set.slice(0, end),
    sets: forest.sets.slice(0, SET_BYTES * sets),
    left: forest.left.slice(0, end),
    right: forest.right.slice(0, end),
    value: forest.value.slice(0, end),
    gain: forest.gain.slice(0, end),
  };
}
