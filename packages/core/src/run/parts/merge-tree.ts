/** The partial of `count` parts of the data that follow each other; the first of them stands at `first` among those that are folded. */
export interface Span<Partial = unknown> {
  readonly first: number;
  readonly count: number;
  readonly partial: Partial;
}

/** Spans that follow each other, as few as the tree allows. */
export interface MergeTree<Partial> {
  readonly spans: readonly Span<Partial>[];
  /** The span behind those that are there. */
  add(span: Span<Partial>): void;
  /** The partial of them all, in their order; null where there is none. */
  all(): Partial | null;
}

/**
 * Merges partials along one binary tree over the places of their parts: a span of 2^k parts begins at a multiple of 2^k, and two halves of
 * one become it. So which partials are merged depends on the places alone, and the same bits come out whoever merges which of them; of n parts
 * that follow each other no more than 2 log2(n) spans are left. `merge` may change its first argument.
 */
export function mergeTree<Partial>(merge: (left: Partial, right: Partial) => Partial): MergeTree<Partial> {
  const spans: Span<Partial>[] = [];
  return {
    spans,
    add(span) {
      let { first, count, partial } = span;
      for (let left = spans.at(-1); left !== undefined && left.count === count && left.first % (2 * count) === 0; left = spans.at(-1)) {
        spans.pop();
        partial = merge(left.partial, partial);
        first = left.first;
        count *= 2;
      }
      spans.push({ first, count, partial });
    },
    all: () => (spans.length === 0 ? null : spans.map(({ partial }) => partial).reduce(merge)),
  };
}
