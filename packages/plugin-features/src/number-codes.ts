import { arithmetic, cast, type Field, type Graph, type Value } from "@millrace/core";
import { codeOf, encodeWhole, int64Field, whole } from "./codes.js";

/** Codes of a float64 value that holds whole numbers: NaN is missing; fractions, infinities and what was not seen are unseen. */
export function codeOfWhole(value: Value, field: Field, graph: Graph): Value {
  const { where, and, abs, floor, equal, lessOrEqual, isNaN } = arithmetic(graph);
  const n = field.categories!.length;
  const output = int64Field(field.name, field.categories);
  const isWhole = and(equal(floor(value), value), lessOrEqual(abs(value), Number.MAX_SAFE_INTEGER));
  const known = encodeWhole(cast(graph, where(isWhole, value, 0), "int64"), field.categories!.map(Number), field, graph);
  const orUnseen = graph.node("Where", [isWhole, known, whole(n + 1, graph)], [output])[0]!;
  return graph.node("Where", [isNaN(value), whole(n, graph), orUnseen], [output])[0]!;
}

/** Codes of a float64 value of 0 (false), anything else (true) and NaN (missing). */
export function codeOfBoolean(value: Value, field: Field, graph: Graph): Value {
  const { where, equal, isNaN } = arithmetic(graph);
  const position = (name: string) => (field.categories!.includes(name) ? field.categories!.indexOf(name) : field.categories!.length + 1);
  const known = where(equal(value, 0), position("false"), position("true"));
  return codeOf(where(isNaN(value), value, known), field.categories!.length, field, graph);
}
