import type { Field, Graph, Value } from "@millrace/core";

/** The tokens of each text, `[N, ?]`: "" behind those of shorter texts, and where two delimiters meet. */
export function splitText(text: Value, delimiter: string, graph: Graph): Value {
  const flat = graph.constant({ dtype: "int64", dims: [1], values: BigInt64Array.of(-1n) });
  const [line] = graph.node("Reshape", [text, flat], [text.field]);
  const split: Field = { ...text.field, name: "tokens", shape: null };
  return graph.node("StringSplit", [line!], [split, { ...text.field, name: "count", dtype: "int64" }], { delimiter })[0]!;
}
