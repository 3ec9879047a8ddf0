import type { Field } from "../contracts/frame.js";
import type { Graph, Value } from "../contracts/graph.js";
import { arithmetic } from "./arithmetic.js";
import { unstack } from "./columns.js";

/**
 * The sum of the columns of a float64 value `[N, n]`, as `[N, 1]`: halves are added until one column is left, so that it is the same sum in every
 * runtime and on every processor, which MatMul and ReduceSum do not promise.
 */
export function sumColumns(graph: Graph, value: Value): Value {
  const width = value.field.shape?.[0] ?? 1;
  if (width === 1) return value;
  const half = width >> 1;
  const part = (name: string, size: number): Field => ({ ...value.field, name, shape: size === 1 ? [] : [size] });
  const [left, right, odd] = unstack(graph, value, [part("left", half), part("right", half), ...(width % 2 === 1 ? [part("odd", 1)] : [])]);
  const { add } = arithmetic(graph);
  const sum = sumColumns(graph, add(left!, right!));
  return odd === undefined ? sum : add(sum, odd);
}
