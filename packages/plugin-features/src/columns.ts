import { arithmetic, unstack, type Arithmetic, type Field, type Graph, type Value, type Values } from "@millrace/core";

/** The field that a transform of numbers promises for a column: float32, as trainers take it. */
export function numberField(name: string): Field {
  return { name, dtype: "float32", nullable: true, shape: [], categories: null };
}

/** What a transform of the target promises: `$target` stays float64 (see Problem), and a prediction is rounded once, last, by the core. */
export function targetField(name: string): Field {
  return { ...numberField(name), dtype: "float64" };
}

/**
 * One formula over all columns at once: they are stacked to [N, n], so that arithmetic runs once for all (constants per column
 * come in by `row`), and taken apart again, each under its name.
 */
export function overColumns(input: Values, graph: Graph, formula: (x: Value, math: Arithmetic) => Value): Values {
  const names = [...input.keys()];
  const columns = unstackColumns(formula(graph.stack([...input.values()]), arithmetic(graph)), names, graph);
  return new Map(names.map((name, index) => [name, columns[index]!]));
}

/** The columns of a stacked [N, n] value, each [N, 1]. */
export function unstackColumns(stacked: Value, names: readonly string[], graph: Graph): readonly Value[] {
  return unstack(graph, stacked, names.map((name) => ({ ...numberField(name), dtype: "float64" })));
}
