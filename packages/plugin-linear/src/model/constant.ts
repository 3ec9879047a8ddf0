import { fill, type Graph, MillraceError, type Value, type Values } from "@millrace/core";

/** The same numbers on each row of the input: `[N, numbers.length]`. Throws LINEAR_INPUT where there is no input to count rows by. */
export function lowerConstant(numbers: Float64Array, input: Values, graph: Graph): Value {
  const values = [...input.values()];
  const like = values.find(isScalar) ?? values[0];
  if (like === undefined)
    throw new MillraceError({ code: "LINEAR_INPUT", message: "The model has no features, so that it cannot tell how many rows there are.", mend: "Give it at least one column under `columns` or `features`." });
  const column = isScalar(like) ? like : like.field.dtype === "sparse" ? sumOf(like, graph) : firstElement(like, graph);
  return graph.stack(Array.from(numbers, (number) => fill(graph, column, number)));
}

function firstElement(vector: Value, graph: Graph): Value {
  const index = graph.constant({ dtype: "int64", dims: [1], values: BigInt64Array.of(0n) });
  return graph.node("Gather", [vector, index], [{ ...vector.field, shape: [] }], { axis: 1n })[0]!;
}

/** Only for its shape. */
function sumOf(sparse: Value, graph: Graph): Value {
  const axes = graph.constant({ dtype: "int64", dims: [1], values: BigInt64Array.of(1n) });
  return graph.node("ReduceSum", [sparse, axes], [{ ...sparse.field, dtype: "float64", shape: [] }], { keepdims: 1n })[0]!;
}

function isScalar({ field: { dtype, shape } }: Value): boolean {
  return dtype !== "sparse" && (shape?.at(-1) ?? 1) === 1;
}
