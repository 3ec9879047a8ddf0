import { arithmetic, cast, lookup, quantilesOf, type Distribution, type Graph, type Transform, type Value } from "@millrace/core";
import type { z } from "zod";
import { binIndex } from "./bin-index.js";
import { numberField, unstackColumns } from "./columns.js";
import { distributionsOf } from "./distributions.js";
import { NUMBERS, requireInputs, type Takes } from "./input.js";
import { normalQuantile } from "./normal-quantile.js";
import type { quantileOptions } from "./quantile.options.js";

const TAKES: Takes = { transform: "quantile", allowed: NUMBERS, mend: "Give it columns of numbers; use `category` for text and `date-parts` for times." };

/** A column's distribution function: through distinct values, ascending; at a value that many rows have, it jumps. */
interface Steps {
  readonly values: Float64Array;
  /** Shares of the rows below and up to each value. */
  readonly below: Float64Array;
  readonly upTo: Float64Array;
}

export interface QuantileState {
  readonly columns: readonly Steps[];
}

/**
 * The share of the training values that a value exceeds, so that the column is spread evenly (or normally), whatever its distribution was; as
 * scikit-learn's QuantileTransformer (the mean of the interpolations from below and from above). At a value that repeats, the middle of its shares; at the
 * least and the greatest value, and beyond them, 0 and 1. Missing stays missing.
 */
export function quantile({ output, quantiles }: z.infer<typeof quantileOptions>): Transform<QuantileState> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      return input.map(({ name }) => numberField(name));
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      return distributionsOf(input.map(({ name }) => name), (all) => ({ columns: all.map((each) => stepsOf(each, quantiles)) }));
    },
    lower({ columns }, input, graph) {
      const shares = sharesOf(graph.stack([...input.values()]), columns, graph);
      const results = unstackColumns(output === "normal" ? normalQuantile(shares, arithmetic(graph)) : shares, [...input.keys()], graph);
      return new Map([...input.keys()].map((name, index) => [name, results[index]!]));
    },
  };
}

function stepsOf(distribution: Distribution, most: number): Steps {
  const count = Math.max(1, Math.min(most, distribution.count));
  const shares = Array.from({ length: count }, (_, index) => (count === 1 ? 0 : index / (count - 1)));
  const found = distribution.count === 0 ? [0] : quantilesOf(distribution, shares);
  const values = [...new Set(found)];
  return {
    values: Float64Array.from(values),
    below: Float64Array.from(values, (value) => shares[found.indexOf(value)]!),
    upTo: Float64Array.from(values, (value) => shares[found.lastIndexOf(value)]!),
  };
}

/** Looks up, for the step that a value is on, its place and rise, and goes along it. */
function sharesOf(x: Value, columns: readonly Steps[], graph: Graph): Value {
  const { row, add, sub, mul, where, less, greater, equal, isNaN } = arithmetic(graph);
  const first = row(columns.map(({ values }) => values[0]!));
  const last = row(columns.map(({ values }) => values.at(-1)!));
  const held = where(less(x, first), first, where(greater(x, last), last, x));
  const starts = columns.map((_, index) => columns.slice(0, index).reduce((sum, { values }) => sum + values.length, 0));
  // Held values are on the first step at least; NaN counts as on the last.
  const code = cast(graph, add(binIndex(held, columns.map(({ values }) => values), graph), row(starts.map((start) => start - 1))), "int64");
  const table = (of: (steps: Steps, index: number) => number) => lookup(graph, code, columns.flatMap((steps) => [...steps.values.keys()].map((index) => of(steps, index))));
  const knot = table(({ values }, index) => values[index]!);
  // The ends are 0 and 1, however many rows have them; of a constant the lower end counts.
  const middle = table(({ values, below, upTo }, index) => (index === 0 ? 0 : index === values.length - 1 ? 1 : (below[index]! + upTo[index]!) / 2));
  const base = table(({ upTo }, index) => upTo[index]!);
  const rise = table(({ values, below, upTo }, index) => (index === values.length - 1 ? 0 : (below[index + 1]! - upTo[index]!) / (values[index + 1]! - values[index]!)));
  const share = where(equal(held, knot), middle, add(base, mul(sub(held, knot), rise)));
  return where(isNaN(x), x, share);
}
