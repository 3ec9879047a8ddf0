import { arithmetic, type Field, type Graph, type Value } from "@millrace/core";
import { codeOf, int64Field } from "./codes.js";

/** Codes of a float64 value that holds whole numbers: NaN is missing; fractions, infinities and what was not seen are unseen. */
export function codeOfWhole(value: Value, field: Field, graph: Graph): Value {
  const { where, and, abs, floor, equal, lessOrEqual, isNaN } = arithmetic(graph);
  const n = field.categories!.length;
  const isWhole = and(equal(floor(value), value), lessOrEqual(abs(value), Number.MAX_SAFE_INTEGER));
  const whole = graph.node("Cast", [where(isWhole, value, 0)], [{ ...int64Field(field), categories: null }], { to: 7n })[0]!;
  const known = graph.node("LabelEncoder", [whole], [int64Field(field)], {
    keys_int64s: BigInt64Array.from(field.categories!, BigInt),
    values_int64s: BigInt64Array.from(field.categories!, (_, code) => BigInt(code)),
    default_int64: BigInt(n + 1),
  })[0]!;
  const orUnseen = graph.node("Where", [isWhole, known, whole64(n + 1, graph)], [int64Field(field)])[0]!;
  return graph.node("Where", [isNaN(value), whole64(n, graph), orUnseen], [int64Field(field)])[0]!;
}

/** Codes of a float64 value of 0 (false), anything else (true) and NaN (missing). */
export function codeOfBoolean(value: Value, field: Field, graph: Graph): Value {
  const { where, equal, isNaN } = arithmetic(graph);
  const position = (name: string) => (field.categories!.includes(name) ? field.categories!.indexOf(name) : field.categories!.length + 1);
  const known = where(equal(value, 0), position("false"), position("true"));
  return codeOf(where(isNaN(value), value, known), field.categories!.length, field, graph);
}

function whole64(value: number, graph: Graph): Value {
  return graph.constant({ dtype: "int64", dims: [1, 1], values: BigInt64Array.of(BigInt(value)) });
}
