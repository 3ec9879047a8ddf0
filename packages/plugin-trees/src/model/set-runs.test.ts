import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SET_BYTES } from "./forest.js";
import { binRanks, goesLeft, setRuns } from "./set-runs.js";
import type { Forest } from "./state.js";

/** A forest of nodes that each ask a set of column 0. */
function forestOf(sets: readonly (readonly number[])[], gains: readonly number[]): Forest {
  const bytes = new Uint8Array(SET_BYTES * sets.length);
  sets.forEach((bins, node) => bins.forEach((bin) => (bytes[SET_BYTES * node + (bin >> 3)]! |= 1 << (bin & 7))));
  const numbers = { roots: new Int32Array(1), threshold: new Float64Array(sets.length), missingLeft: new Uint8Array(sets.length), left: new Int32Array(sets.length), right: new Int32Array(sets.length), value: new Float64Array(sets.length) };
  return { ...numbers, column: new Int32Array(sets.length), set: Int32Array.from(sets, (_, node) => node), sets: bytes, gain: Float64Array.from(gains) };
}

describe("sets as runs of ranks", () => {
  it("say of each bin what the set says", () => {
    const sets = fc.array(fc.uniqueArray(fc.nat(29)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sets, (asked) => {
        const forest = forestOf(asked, asked.map((_, node) => node));
        const ranks = binRanks(forest, 0, 30);
        expect([...ranks].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, rank) => rank));
        for (const node of asked.keys()) {
          const { isFirstLeft, ends } = setRuns(forest, node, ranks);
          for (let bin = 0; bin < 30; bin++) {
            const run = ends.filter((end) => end < ranks[bin]!).length;
            expect((run % 2 === 0) === isFirstLeft).toBe(goesLeft(forest, node, bin));
          }
        }
      }),
    );
  });

  it("are two where every set is a prefix of one order", () => {
    const forest = forestOf([[3, 1], [3, 1, 0], [3]], [1, 5, 2]);
    const ranks = binRanks(forest, 0, 5);
    expect([0, 1, 2].map((node) => setRuns(forest, node, ranks).ends)).toEqual([[1], [2], [0]]);
  });
});
