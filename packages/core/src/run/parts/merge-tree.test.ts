import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeTree, type Span } from "./merge-tree.js";

/** Tells in which order what was merged. */
const paired = (left: string, right: string) => `(${left} ${right})`;

const leaf = (place: number): Span<string> => ({ first: place, count: 1, partial: String(place) });

function treeOf(spans: Iterable<Span<string>>) {
  const tree = mergeTree(paired);
  for (const span of spans) tree.add(span);
  return tree;
}

/** Places [from, to), merged as far as they go alone. */
const piece = (from: number, to: number) => treeOf(Array.from({ length: to - from }, (_, index) => leaf(from + index))).spans;

const cuts = fc.integer({ min: 1, max: 200 }).chain((parts) => fc.tuple(fc.constant(parts), fc.uniqueArray(fc.integer({ min: 0, max: parts }), { maxLength: 12 })));

describe("a merge tree", () => {
  it("merges halves of spans of 2^k, and what is left from the left", () => {
    expect(treeOf([0, 1, 2, 3, 4, 5, 6].map(leaf)).all()).toBe("((((0 1) (2 3)) (4 5)) 6)");
    expect(piece(1, 7)).toEqual([leaf(1), { first: 2, count: 2, partial: "(2 3)" }, { first: 4, count: 2, partial: "(4 5)" }, leaf(6)]);
    expect(mergeTree(paired).all()).toBeNull();
  });

  it("makes the same merges whoever has which of the parts", () => {
    fc.assert(
      fc.property(cuts, ([parts, places]) => {
        const edges = [0, ...places, parts].toSorted((a, b) => a - b);
        const spans = edges.slice(1).flatMap((to, index) => piece(edges[index]!, to));
        expect(treeOf(spans).all()).toBe(treeOf(Array.from({ length: parts }, (_, place) => leaf(place))).all());
      }),
    );
  });

  it("leaves no more than 2 log2(n) spans of n parts", () => {
    fc.assert(fc.property(fc.nat(500), fc.integer({ min: 2, max: 500 }), (from, count) => piece(from, from + count).length <= 2 * Math.log2(count)));
  });
});
