import { arithmetic, defineFold, MillraceError, type Field, type Graph, type Transform, type Value } from "@millrace/core";
import type { z } from "zod";
import { coMoments, covariancesOf, type CoMoments } from "./co-moments.js";
import { numberField, unstackColumns } from "./columns.js";
import { eigenSymmetric } from "./eigen.js";
import { NUMBERS, requireInputs, type Takes } from "./input.js";
import type { pcaOptions } from "./pca.options.js";

type Options = z.infer<typeof pcaOptions>;

const TAKES: Takes = { transform: "pca", allowed: NUMBERS, mend: "Give it columns of numbers, best standardised; categories have no directions." };

/** The most columns: what is learnt of them grows with their square, the time with their cube. */
const MOST = 256;

export interface PcaState {
  readonly means: Float64Array;
  /** `[columns, components]`, row-major. */
  readonly loadings: Float64Array;
  readonly components: number;
  /** Of each component, the share of the variance. */
  readonly shares: Float64Array;
}

/**
 * Principal components: the directions in which the training rows spread most, exactly, from the covariances. Missing values count as their
 * column's mean, in training and after. A component points to where its greatest loading is positive; directions without spread are left out.
 */
export function pca(options: Options): Transform<PcaState> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireFew(input);
      requireInputs(TAKES, input, "promised");
      return names(Math.min(options.components ?? MOST, input.length), options).map(numberField);
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      const fold = coMoments(input.map(({ name }) => name));
      return defineFold({ ...fold, finish: (partial) => learn(partial, options) });
    },
    lower(state, input, graph) {
      const found = names(state.components, options);
      const components = unstackColumns(project(graph.stack([...input.values()]), state, graph), found, graph);
      return new Map(found.map((name, index) => [name, components[index]!]));
    },
  };
}

function names(count: number, { prefix }: Options): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}_${index + 1}`);
}

function learn(moments: CoMoments, { components, variance, whiten }: Options): PcaState {
  const { means, covariances } = covariancesOf(moments);
  const n = means.length;
  const { values, vectors } = eigenSymmetric(covariances);
  const spreads = values.map((value) => Math.max(0, value));
  const total = spreads.reduce((sum, value) => sum + value, 0);
  const shares = spreads.map((value) => (total === 0 ? 0 : value / total));
  // Directions without spread are rounding, and point anywhere.
  const spread = spreads.filter((value) => value > n * 16 * Number.EPSILON * spreads[0]!).length;
  let count = Math.min(components ?? n, Math.max(1, spread));
  if (variance !== null) {
    let explained = 0;
    const enough = shares.findIndex((share) => (explained += share) >= variance - 1e-12);
    if (enough >= 0) count = Math.min(count, enough + 1);
  }
  const scales = spreads.map((value) => (whiten && value > 0 ? Math.sqrt(value) : 1));
  const loadings = Float64Array.from({ length: n * count }, (_, at) => vectors[(at % count) * n + Math.floor(at / count)]! / scales[at % count]!);
  return { means, loadings, components: count, shares: shares.slice(0, count) };
}

function project(x: Value, { means, loadings, components }: PcaState, graph: Graph): Value {
  const { row, sub, where, isNaN } = arithmetic(graph);
  const centred = sub(x, row(means));
  const matrix = graph.constant({ dtype: "float64", dims: [means.length, components], values: loadings });
  const output: Field = { ...x.field, name: "components", shape: components === 1 ? [] : [components] };
  return graph.node("MatMul", [where(isNaN(centred), 0, centred), matrix], [output])[0]!;
}

function requireFew({ length }: readonly Field[]): void {
  if (length > MOST) throw new MillraceError({ code: "TRANSFORM_WIDTH", message: `\`pca\` was given ${length} columns; it takes ${MOST} at most.`, mend: "Give it fewer columns, or several groups of them." });
}
