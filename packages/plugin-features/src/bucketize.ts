import { arithmetic, defineFold, extremes, fuse, quantilesOf, type Fold, type Transform } from "@millrace/core";
import type { z } from "zod";
import { binIndex } from "./bin-index.js";
import type { bucketizeOptions } from "./bucketize.options.js";
import { codeField, codeOf } from "./codes.js";
import { unstackColumns } from "./columns.js";
import { distributionsOf } from "./distributions.js";
import { NUMBERS, requireInputs, type Takes } from "./input.js";

type Options = z.infer<typeof bucketizeOptions>;

const TAKES: Takes = { transform: "bucketize", allowed: NUMBERS, mend: "Give it columns of numbers; use `category` for text and `date-parts` for times." };

export interface BucketizeState {
  /** Of each column: where buckets begin, ascending; the first bucket begins at minus infinity. */
  readonly edges: readonly Float64Array[];
}

/** Numbers as categories of intervals, closed below: `< 3`, `[3, 7)`, `>= 7`, in order. Infinities fall into the outermost. */
export function bucketize(options: Options): Transform<BucketizeState> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      return input.map(({ name }) => codeField(name, options.edges === null ? null : intervalNames(options.edges)));
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      return edgesOf(input.map(({ name }) => name), options);
    },
    lower({ edges }, input, graph) {
      const names = [...input.keys()];
      const { where, isNaN } = arithmetic(graph);
      const x = graph.stack([...input.values()]);
      const bins = unstackColumns(where(isNaN(x), x, binIndex(x, edges, graph)), names, graph);
      return new Map(
        names.map((name, index) => {
          const field = codeField(name, intervalNames(edges[index]!));
          return [name, codeOf(bins[index]!, field.categories!.length, field, graph)];
        }),
      );
    },
  };
}

function edgesOf(names: readonly string[], { strategy, buckets, edges }: Options): Fold<BucketizeState> {
  const shares = Array.from({ length: buckets + 1 }, (_, index) => index / buckets);
  if (strategy === "quantile") return distributionsOf(names, (all) => ({ edges: all.map((each) => inner(quantilesOf(each, shares))) }));
  const fused = fuse(Object.fromEntries(names.map((name, index) => [String(index), extremes(name)])));
  return defineFold({
    ...fused,
    finish: (partial) => ({
      edges: Object.values(fused.finish(partial)).map(({ minimum, maximum }) =>
        strategy === "edges" ? Float64Array.from(edges!) : inner(minimum === null ? [] : shares.map((share) => minimum + share * (maximum! - minimum))),
      ),
    }),
  });
}

/** Without the ends, of which the first bucket has the lower and the last the upper, and without repetitions. */
function inner(ascending: readonly number[]): Float64Array {
  return Float64Array.from([...new Set(ascending.filter((edge) => !Number.isNaN(edge)))].slice(1, -1));
}

function intervalNames(edges: ArrayLike<number>): string[] {
  if (edges.length === 0) return ["all"];
  const inside = Array.from({ length: edges.length - 1 }, (_, index) => `[${edges[index]}, ${edges[index + 1]})`);
  return [`< ${edges[0]}`, ...inside, `>= ${edges[edges.length - 1]}`];
}
