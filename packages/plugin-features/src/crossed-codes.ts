import { arithmetic, MillraceError, type Field, type Graph, type Value, type Values } from "@millrace/core";
import { encodeWhole, gatherCodes, int64Field, whole } from "./codes.js";
import { crossedNames } from "./cross-name.js";

/** A table beyond this many entries (8 bytes each) becomes a lookup by key. */
const GREATEST_TABLE = 1 << 18;

/**
 * The code of each row's combination, on codes and never on joined texts: (a * (nB + 2) + b) * (nC + 2) + c ..., then a table.
 * @param parts of each text column its categories; null for a column that is a category already.
 * @param field with the combinations, by `crossName`, as categories.
 */
export function crossedCodes(parts: readonly (readonly string[] | null)[], field: Field, input: Values, graph: Graph): Value {
  const levels = [...input.values()].map((value, index) => {
    const known = value.field.categories ?? parts[index]!;
    return { known, code: value.field.categories === null ? graph.code(value, known) : value };
  });
  const sizes = levels.map(({ known }) => known.length + 2);
  const size = sizes.reduce((product, each) => product * each, 1);
  if (size > Number.MAX_SAFE_INTEGER)
    throw new MillraceError({ code: "TRANSFORM_INPUT", message: `\`cross\` of ${[...input.keys()].join(", ")} has ${size} possible combinations, more than 2^53.`, mend: "Cross fewer columns, or keep fewer categories of each (`maxCategories`)." });
  const combined = levels.map(({ code }) => code).reduce((left, right, index) => int64(graph, "Add", int64(graph, "Mul", left, whole(sizes[index]!, graph)), right));
  const positions = levels.map(({ known }) => new Map(known.map((name, code) => [name, code])));
  const keys = field.categories!.map((name) => crossedNames(name).reduce((code, part, index) => code * sizes[index]! + positions[index]!.get(part)!, 0));
  if (size <= GREATEST_TABLE) return gatherCodes(crossTable(keys, sizes, field.categories!.length), combined, field, graph);
  return lookUp(keys, levels.map(({ known, code }) => isMissing(graph, code, known.length)), combined, field, graph);
}

/** The code of every combination: n where a part is missing, n + 1 where it was not seen. */
function crossTable(keys: readonly number[], sizes: readonly number[], n: number): Int32Array {
  const table = new Int32Array(sizes.reduce((product, size) => product * size, 1)).fill(n + 1);
  let stride = 1;
  for (const size of sizes.toReversed()) {
    for (let missing = (size - 2) * stride; missing < table.length; missing += size * stride) table.fill(n, missing, missing + stride);
    stride *= size;
  }
  keys.forEach((key, code) => (table[key] = code));
  return table;
}

function lookUp(keys: readonly number[], missing: readonly Value[], combined: Value, field: Field, graph: Graph): Value {
  const known = encodeWhole(combined, keys, field, graph);
  const isAnyMissing = missing.reduce((left, right) => arithmetic(graph).or(left, right));
  return graph.node("Where", [isAnyMissing, whole(keys.length, graph), known], [known.field])[0]!;
}

function isMissing(graph: Graph, code: Value, n: number): Value {
  return graph.node("Equal", [code, whole(n, graph)], [{ ...code.field, dtype: "bool", categories: null }])[0]!;
}

function int64(graph: Graph, op: "Add" | "Mul", left: Value, right: Value): Value {
  return graph.node(op, [left, right], [int64Field("crossed")])[0]!;
}
