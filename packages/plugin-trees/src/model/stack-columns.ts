import { fill, type Graph, lookup, MillraceError, type Value, type Values } from "@millrace/core";
import { binRanks } from "./set-runs.js";
import type { StateColumn, TreesState } from "./state.js";

export interface Stacked {
  /** [N, n] float64. */
  readonly value: Value;
  /** Where in it the value of a column stands: a number, or the rank of a bin. */
  readonly placeOf: (column: number) => number;
  /** Of a code column, the rank of each bin. */
  readonly ranks: ReadonlyMap<number, Int32Array>;
}

/** What the trees ask, side by side: number columns as they are, and code columns as ranks of their bins. Columns that no tree asks are left out. Throws TREES_INPUT. */
export function stackColumns({ columns, forest }: TreesState, input: Values, graph: Graph): Stacked {
  const asked = new Set(forest.column);
  const askedFeatures = new Set(columns.filter((_, index) => asked.has(index)).map(({ feature }) => feature));
  const values: Value[] = [];
  const places = new Map<number, number>();
  const ranks = new Map<number, Int32Array>();
  for (const [index, column] of columns.entries()) {
    if (column.table === null) {
      // The elements of a vector are neighbours, and enter together.
      if (column.element > 0 || !askedFeatures.has(column.feature)) continue;
      values.push(valueOf(column, input));
      for (let element = 0; element < column.width; element++) places.set(index + element, places.size);
    } else if (asked.has(index)) {
      const ranked = binRanks(forest, index, column.bins + 1);
      ranks.set(index, ranked);
      values.push(lookup(graph, codesOf(column, input), Float64Array.from(column.table, (bin) => ranked[bin]!), 1));
      places.set(index, places.size);
    }
  }
  const value = values.length === 0 ? fill(graph, valueOf(columns[0]!, input), 0) : graph.stack(values);
  return { value, placeOf: (column) => places.get(column)!, ranks };
}

function codesOf(column: StateColumn, input: Values): Value {
  const value = valueOf(column, input);
  const { categories } = value.field;
  if (categories?.length === column.categories!.length && categories.every((category, index) => category === column.categories![index])) return value;
  throw new MillraceError({
    code: "TREES_INPUT",
    message: `Feature "${column.feature}" does not have the ${column.categories!.length} categories that the model was trained with.`,
    mend: "Lower the model behind the transforms that it was trained with.",
    facts: { column: column.feature },
  });
}

function valueOf({ feature }: StateColumn, input: Values): Value {
  const value = input.get(feature);
  if (value !== undefined) return value;
  throw new MillraceError({
    code: "TREES_INPUT",
    message: `The model was trained with the feature "${feature}", and it is not there.`,
    mend: "Lower the model behind the transforms that it was trained with.",
    facts: { column: feature },
  });
}
