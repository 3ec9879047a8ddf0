import { arithmetic, type Graph, lookup, MillraceError, sparseProduct, sumColumns, type Value, type Values } from "@millrace/core";
import type { CodeWeights, LinearState, NumberWeights, SparseWeights } from "./state.js";

/**
 * The margins as nodes: one product of the stacked numbers with their weights (missing: the training mean), one gather per code
 * column, one product per sparse vector, added in the state's order, in float64. `[N, 1]`, or `[N, outputs]`. Throws LINEAR_INPUT.
 */
export function lowerMargins(state: LinearState, input: Values, graph: Graph): Value {
  const { add, row } = arithmetic(graph);
  const outputs = state.intercept.length;
  const terms: Value[] = [...state.codes.map((code) => lookup(graph, codesOf(code, input), code.weights, outputs)), ...state.sparse.map((sparse) => sparseProduct(graph, vectorOf(sparse, input), tableOf(sparse, outputs), outputs))];
  if (state.numbers.length > 0) terms.unshift(product(state.numbers, outputs, input, graph));
  if (terms.length === 0)
    throw new MillraceError({ code: "LINEAR_INPUT", message: "The model has no features.", mend: "Give it at least one column under `columns` or `features`." });
  return terms.reduce((sum, term) => add(sum, term), row(state.intercept));
}

/** P(positive) as the sigmoid of the one margin, or the softmax of the classes' margins. */
export function lowerClasses(state: LinearState, input: Values, graph: Graph): Values {
  const margins = lowerMargins(state, input, graph);
  if (state.intercept.length === 1) return new Map([["score", arithmetic(graph).sigmoid(margins)]]);
  return new Map([["probabilities", graph.node("Softmax", [margins], [{ ...margins.field, name: "probabilities" }], { axis: 1n })[0]!]]);
}

function product(numbers: readonly NumberWeights[], outputs: number, input: Values, graph: Graph): Value {
  const { isNaN, mul, row, where } = arithmetic(graph);
  const stacked = graph.stack(numbers.map(({ feature }) => valueOf(feature, input)));
  const filled = where(isNaN(stacked), row(numbers.flatMap(({ means }) => [...means])), stacked);
  const weights = Float64Array.from(numbers.flatMap(({ weights }) => [...weights]));
  if (outputs === 1) return sumColumns(graph, mul(filled, row(weights)));
  const table = graph.constant({ dtype: "float64", dims: [weights.length / outputs, outputs], values: weights });
  return graph.node("MatMul", [filled, table], [{ name: "linear", dtype: "float64", nullable: true, shape: outputs === 1 ? [] : [outputs], categories: null }])[0]!;
}

function codesOf({ feature, categories }: CodeWeights, input: Values): Value {
  const value = valueOf(feature, input);
  const found = value.field.categories;
  if (found?.length === categories.length && found.every((category, index) => category === categories[index])) return value;
  throw new MillraceError({
    code: "LINEAR_INPUT",
    message: `Feature "${feature}" does not have the ${categories.length} categories that the model was trained with.`,
    mend: "Lower the model behind the transforms that it was trained with.",
    facts: { column: feature },
  });
}

function vectorOf({ feature, length }: SparseWeights, input: Values): Value {
  const value = valueOf(feature, input);
  if (value.field.dtype === "sparse" && value.field.shape?.[0] === length) return value;
  throw new MillraceError({
    code: "LINEAR_INPUT",
    message: `Feature "${feature}" is not the sparse vector of ${length} numbers that the model was trained with.`,
    mend: "Lower the model behind the transforms that it was trained with.",
    facts: { column: feature },
  });
}

/** The weights of all places: length x outputs. */
function tableOf({ length, places, weights }: SparseWeights, outputs: number): Float64Array {
  const table = new Float64Array(length * outputs);
  places.forEach((place, row) => table.set(weights.subarray(row * outputs, (row + 1) * outputs), place * outputs));
  return table;
}

function valueOf(feature: string, input: Values): Value {
  const value = input.get(feature);
  if (value !== undefined) return value;
  throw new MillraceError({
    code: "LINEAR_INPUT",
    message: `The model was trained with the feature "${feature}", and it is not there.`,
    mend: "Lower the model behind the transforms that it was trained with.",
    facts: { column: feature },
  });
}
