import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { piecesOf } from "./fold-parts.js";

describe("pieces of a fold over parts", () => {
  it("is one where one task runs at once", () => {
    expect(piecesOf([3, 4, 7], 1)).toEqual([{ first: 0, parts: [3, 4, 7] }]);
    expect(piecesOf([], 1)).toEqual([]);
  });

  it("are large at first, and single parts in the end", () => {
    expect(piecesOf([0, 1, 2, 3, 4, 5, 6, 9], 2).map(({ parts }) => parts)).toEqual([[0, 1, 2, 3], [4, 5], [6], [9]]);
    expect(piecesOf([0, 1], 4).map(({ parts }) => parts)).toEqual([[0], [1]]);
  });

  it("are one for each slot where they may not be small", () => {
    expect(piecesOf([0, 1, 2, 3, 4, 5, 6, 9], 2, 4).map(({ parts }) => parts)).toEqual([[0, 1, 2, 3], [4, 5, 6, 9]]);
    expect(piecesOf([0, 1, 2, 3, 4], 2, 3).map(({ parts }) => parts)).toEqual([[0, 1, 2], [3, 4]]);
  });

  it("have each part once, in order, and tell how many stand before", () => {
    fc.assert(
      fc.property(fc.nat(300), fc.integer({ min: 1, max: 16 }), (count, slots) => {
        const parts = Array.from({ length: count }, (_, part) => 2 * part);
        const pieces = piecesOf(parts, slots);
        expect(pieces.flatMap((piece) => piece.parts)).toEqual(parts);
        for (const piece of pieces) expect(parts.slice(piece.first, piece.first + piece.parts.length)).toEqual(piece.parts);
        expect(pieces.length).toBeLessThanOrEqual(slots * (1 + Math.log(Math.max(1, count))));
      }),
    );
  });
});
