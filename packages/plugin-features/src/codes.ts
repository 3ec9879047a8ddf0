import { arithmetic, type Field, type Graph, type Value } from "@millrace/core";

/** The field that a transform promises for a category; null: the categories are learnt. */
export function codeField(name: string, categories: readonly string[] | null): Field {
  return { name, dtype: "int32", nullable: true, shape: [], categories };
}

/** A value of codes inside the graph: int64, because Gather and LabelEncoder take no int32. */
export function int64Field({ name, categories }: Field): Field {
  return { name, dtype: "int64", nullable: false, shape: [], categories };
}

/** Codes of a float64 value that is a whole number in [0, n), or NaN: `missing`. NaN is replaced before the cast, which would make INT64_MIN of it. */
export function codeOf(position: Value, missing: number, field: Field, graph: Graph): Value {
  const { where, isNaN } = arithmetic(graph);
  return graph.node("Cast", [where(isNaN(position), missing, position)], [int64Field(field)], { to: 7n })[0]!;
}

/** `table[code]` as codes of `field`. */
export function gatherCodes(table: ArrayLike<number>, code: Value, field: Field, graph: Graph): Value {
  const values = BigInt64Array.from({ length: table.length }, (_, index) => BigInt(table[index]!));
  const constant = graph.constant({ dtype: "int64", dims: [table.length], values });
  return graph.node("Gather", [constant, code], [int64Field(field)], { axis: 0n })[0]!;
}

/** `table[code]` as a float64 value, [N, 1]. */
export function gatherNumbers(table: Float64Array, code: Value, name: string, graph: Graph): Value {
  const constant = graph.constant({ dtype: "float64", dims: [table.length], values: table });
  return graph.node("Gather", [constant, code], [{ name, dtype: "float64", nullable: true, shape: [], categories: null }], { axis: 0n })[0]!;
}

/** Row `code` of a row-major float64 table of `width` columns, [N, width]. */
export function gatherRows(table: Float64Array, width: number, code: Value, name: string, graph: Graph): Value {
  const constant = graph.constant({ dtype: "float64", dims: [table.length / width, width], values: table });
  const field: Field = { name, dtype: "float64", nullable: true, shape: [width], categories: null };
  // Indices of [N, 1] give [N, 1, width].
  const gathered = graph.node("Gather", [constant, code], [{ ...field, shape: [1, width] }], { axis: 0n })[0]!;
  const shape = graph.constant({ dtype: "int64", dims: [2], values: BigInt64Array.of(-1n, BigInt(width)) });
  return graph.node("Reshape", [gathered, shape], [field])[0]!;
}
