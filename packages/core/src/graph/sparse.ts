import type { Field } from "../contracts/frame.js";
import type { Graph, Value } from "../contracts/graph.js";
import { arithmetic } from "./arithmetic.js";
import { cast } from "./cast.js";
import { lookup } from "./columns.js";

/**
 * A sparse vector of `length` numbers a row: `places`, int64 `[N, ?]`, ascending and each once in a row, `length` where there is none; `numbers`,
 * float64 of the same width, 0 where there is none. `length` is at most 2^24 (see Column).
 */
export function sparseVector(graph: Graph, name: string, length: number, places: Value, numbers: Value): Value {
  const field: Field = { name, dtype: "sparse", nullable: false, shape: [length], categories: null };
  return graph.node("Concat", [cast(graph, places, "float64"), numbers], [field], { axis: 1n })[0]!;
}

/** Of each row the sum over its entries of the number times the table's row at its place: `[N, 1]`, or `[N, width]`, in float64. `table`: length x width, row-major. */
export function sparseProduct(graph: Graph, sparse: Value, table: ArrayLike<number>, width = 1): Value {
  const { places, numbers } = unpacked(graph, sparse);
  const { mul } = arithmetic(graph);
  const length = table.length / width;
  const axes = graph.constant({ dtype: "int64", dims: [1], values: BigInt64Array.of(1n) });
  const products = Array.from({ length: width }, (_, column) => {
    // One entry more, for the places where there is no number.
    const weights = Float64Array.from({ length: length + 1 }, (_, row) => (row < length ? table[row * width + column]! : 0));
    return graph.node("ReduceSum", [mul(lookup(graph, places, weights), numbers), axes], [{ ...sparse.field, name: "product", dtype: "float64", shape: [] }], { keepdims: 1n })[0]!;
  });
  return graph.stack(products);
}

/** Its two halves, each `[N, ?]`: int64 places and float64 numbers. */
function unpacked(graph: Graph, sparse: Value): { readonly places: Value; readonly numbers: Value } {
  const shape = graph.constant({ dtype: "int64", dims: [3], values: BigInt64Array.of(0n, 2n, -1n) });
  const half: Field = { ...sparse.field, name: "half", dtype: "float64", shape: null };
  const [halves] = graph.node("Reshape", [sparse, shape], [{ ...half, shape: [2] }]);
  const at = (index: bigint) => graph.node("Gather", [halves!, graph.constant({ dtype: "int64", dims: [], values: BigInt64Array.of(index) })], [half], { axis: 1n })[0]!;
  return { places: cast(graph, at(0n), "int64"), numbers: at(1n) };
}
