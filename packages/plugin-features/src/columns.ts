import { arithmetic, type Arithmetic, type Field, type Graph, type Value, type Values } from "@millrace/core";

/** A scalar float64 field of a value inside the graph. */
export function float64Field(name: string): Field {
  return { name, dtype: "float64", nullable: true, shape: [], categories: null };
}

/** The field that a transform of numbers promises for a column: float32, as trainers take it. */
export function numberField(name: string): Field {
  return { name, dtype: "float32", nullable: true, shape: [], categories: null };
}

/**
 * One formula over all columns at once: they are stacked to [N, n], so that arithmetic runs once for all (constants per column
 * come in by `row`), and taken apart again, each under its name.
 */
export function overColumns(input: Values, graph: Graph, formula: (x: Value, math: Arithmetic) => Value): Values {
  const names = [...input.keys()];
  const columns = unstack(formula(graph.stack([...input.values()]), arithmetic(graph)), names, graph);
  return new Map(names.map((name, index) => [name, columns[index]!]));
}

/** The columns of a stacked [N, n] value, each [N, 1]. */
export function unstack(stacked: Value, names: readonly string[], graph: Graph): readonly Value[] {
  return names.length === 1 ? [stacked] : graph.node("Split", [stacked], names.map(float64Field), { axis: 1n });
}
