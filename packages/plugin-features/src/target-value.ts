import { arithmetic, type Arithmetic, type Graph, type Value, type Values } from "@millrace/core";

/** Lowers `$target` forward (in training) or `prediction` back (behind the model), whichever is there. */
export function lowerTarget(input: Values, graph: Graph, forward: (target: Value, math: Arithmetic) => Value, inverse: (prediction: Value, math: Arithmetic) => Value): Values {
  const math = arithmetic(graph);
  return new Map([...input].map(([name, value]) => [name, name === "$target" ? forward(value, math) : inverse(value, math)]));
}
