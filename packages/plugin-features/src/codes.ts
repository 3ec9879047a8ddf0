import { arithmetic, cast, wordsOf, type Field, type Graph, type Value } from "@millrace/core";

/** The field that a transform promises for a category; null: the categories are learnt. */
export function codeField(name: string, categories: readonly string[] | null): Field {
  // A shape that is not known tells a category to come from a column of whole numbers.
  return { name, dtype: "int32", nullable: true, shape: categories === null ? null : [], categories };
}

/** The same inside the graph: int64, because Gather and LabelEncoder take no int32. */
export function int64Field(name: string, categories: readonly string[] | null = null): Field {
  return { name, dtype: "int64", nullable: false, shape: [], categories };
}

/** One int64 for all rows. */
export function whole(value: number, graph: Graph): Value {
  return graph.constant({ dtype: "int64", dims: [1, 1], values: BigInt64Array.of(BigInt(value)) });
}

/** Codes of a float64 value that is a whole number in [0, n), or NaN: `missing`. NaN is replaced before the cast, which would make INT64_MIN of it. */
export function codeOf(position: Value, missing: number, { name, categories }: Field, graph: Graph): Value {
  const { where, isNaN } = arithmetic(graph);
  const safe = where(isNaN(position), missing, position);
  return cast(graph, { ...safe, field: { ...safe.field, name, categories } }, "int64");
}

/** `table[code]` as codes of `field`. */
export function gatherCodes(table: ArrayLike<number>, code: Value, { name, categories }: Field, graph: Graph): Value {
  const values = new BigInt64Array(table.length);
  // No code is negative, so it is the low word: many times faster to write than a BigInt.
  const words = wordsOf(values);
  for (let index = 0; index < table.length; index++) words[2 * index] = table[index]!;
  const constant = graph.constant({ dtype: "int64", dims: [table.length], values });
  return graph.node("Gather", [constant, code], [int64Field(name, categories)], { axis: 0n })[0]!;
}

/** The index of an int64 value in `keys`, which are whole numbers, as codes of `field`; unseen (n + 1) where it is none of them. */
export function encodeWhole(value: Value, keys: readonly number[], { name, categories }: Field, graph: Graph): Value {
  const unseen = keys.length + 1;
  // A LabelEncoder has one key at least; this one means what any other unknown key means.
  const [known, codes] = keys.length === 0 ? [[0], [unseen]] : [keys, keys.map((_, code) => code)];
  return graph.node("LabelEncoder", [value], [int64Field(name, categories)], {
    keys_int64s: BigInt64Array.from(known, BigInt),
    values_int64s: BigInt64Array.from(codes, BigInt),
    default_int64: BigInt(unseen),
  })[0]!;
}
