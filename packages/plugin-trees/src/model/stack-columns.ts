import { fill, type Graph, lookup, MillraceError, type Value, type Values } from "@millrace/core";
import { SET_BYTES } from "./forest.js";
import type { StateColumn, TreesState } from "./state.js";

export interface Stacked {
  /** [N, n] float64. */
  readonly value: Value;
  /** Where in it a node finds what it asks: a number, or 0 or 1 for its set. */
  readonly placeOf: (node: number) => number;
}

/**
 * What the trees ask, side by side: number columns as they are, and for a code column one 0 or 1 for each set that is asked of it, gathered by code from one
 * table. Columns that no tree asks are left out. Throws TREES_INPUT.
 */
export function stackColumns({ columns, forest }: TreesState, input: Values, graph: Graph): Stacked {
  const asked = new Set(forest.column);
  const values: Value[] = [];
  const numbers = new Map<number, number>();
  const sets = new Map<string, number>();
  let width = 0;
  for (const [index, column] of columns.entries()) {
    if (column.table === null) {
      // The elements of a vector are neighbours, and enter together.
      if (column.element > 0 || !columns.some((other, at) => other.feature === column.feature && asked.has(at))) continue;
      values.push(valueOf(column, input));
      for (let element = 0; element < column.width; element++) numbers.set(index + element, width++);
    } else if (asked.has(index)) {
      const found = setsOf(index, forest);
      const bins = Uint8Array.from({ length: column.bins + 1 }, (_, bin) => bin);
      values.push(lookup(graph, binsOf(column.table, codesOf(column, input), graph), tableOf(bins, [...found.values()]), found.size));
      for (const key of found.keys()) sets.set(key, width++);
    }
  }
  const value = values.length === 0 ? fill(graph, valueOf(columns[0]!, input), 0) : graph.stack(values);
  return { value, placeOf: (node) => (forest.set[node]! < 0 ? numbers.get(forest.column[node]!)! : sets.get(keyOf(node, forest))!) };
}

/** The distinct sets that are asked of a column, by what tells them apart. */
function setsOf(column: number, forest: TreesState["forest"]): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  forest.column.forEach((asked, node) => {
    if (asked === column) found.set(keyOf(node, forest), bitsAt(node, forest));
  });
  return found;
}

const bitsAt = (node: number, { set, sets }: TreesState["forest"]) => sets.subarray(SET_BYTES * set[node]!, SET_BYTES * (set[node]! + 1));

const keyOf = (node: number, forest: TreesState["forest"]) => `${forest.column[node]} ${Buffer.from(bitsAt(node, forest)).toString("hex")}`;

/** The bin of each code, looked up: a table of codes and sets would be too long where there are many of both. */
function binsOf(table: Uint8Array, codes: Value, graph: Graph): Value {
  const bins = graph.constant({ dtype: "int64", dims: [table.length], values: BigInt64Array.from(table, BigInt) });
  return graph.node("Gather", [bins, codes], [{ ...codes.field, name: "bins", categories: null }], { axis: 0n })[0]!;
}

/** By bin and set: 0 where the code's bin goes left, so that "at most one half" is left. */
function tableOf(table: Uint8Array, sets: readonly Uint8Array[]): Float64Array {
  const result = new Float64Array(table.length * sets.length);
  table.forEach((bin, code) => sets.forEach((bits, index) => (result[code * sets.length + index] = (bits[bin >> 3]! >> (bin & 7)) & 1 ? 0 : 1)));
  return result;
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
