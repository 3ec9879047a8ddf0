import { arithmetic, cast, lookup, sparseVector, type Field, type Graph, type Op, type Value } from "@millrace/core";
import type { z } from "zod";
import { numberField } from "./columns.js";
import { splitText } from "./split-text.js";
import type { tokensOptions } from "./tokens.options.js";
import type { Vocabulary } from "./vocabulary.js";

/** What stands in each row once, in order of its place, `[N, ?]`; behind that, place n and count 0. */
interface Counted {
  /** int64. */
  readonly places: Value;
  /** float64. */
  readonly counts: Value;
}

/** The tokens of a text as a sparse vector: time and memory grow with the tokens of the texts, not with the vocabulary. */
export function sparseTokens(text: Value, vocabulary: Vocabulary, options: z.infer<typeof tokensOptions>, graph: Graph): Value {
  const length = Math.max(1, vocabulary.width);
  const { places, counts } = count(placesOf(text, vocabulary, length, options.delimiter, graph), constantColumn(text, length, graph), length, graph);
  const { add, mul, div, log, sqrt, where, greater } = arithmetic(graph);
  const isThere = greater(counts, 0);
  const numbers = (): Value => {
    if (options.as === "count") return counts;
    if (options.as === "presence") return where(isThere, 1, 0);
    const damped = options.sublinear ? where(isThere, add(log(where(isThere, counts, 1)), 1), 0) : counts;
    const weighed = mul(damped, lookup(graph, places, [...(vocabulary.width === 0 ? [0] : vocabulary.weights), 0]));
    if (options.norm === "none") return weighed;
    const axes = graph.constant({ dtype: "int64", dims: [1], values: BigInt64Array.of(1n) });
    const [squares] = graph.node("ReduceSum", [mul(weighed, weighed), axes], [{ ...numberField("squares"), dtype: "float64" }]);
    return div(weighed, sqrt(where(greater(squares!, 0), squares!, 1)));
  };
  return sparseVector(graph, `${text.field.name}_tokens`, length, places, numbers());
}

/** The place of each token, one of none behind them: `[N, ? + 1]`. */
function placesOf(text: Value, { tokens, places }: Vocabulary, none: number, delimiter: string, graph: Graph): Value {
  const found = splitText(text, delimiter, graph);
  // A table must have a key; the empty token is none.
  const [codes] = graph.node("LabelEncoder", [found], [whole("places")], { keys_strings: [...tokens, ""], values_int64s: BigInt64Array.from([...places, none], BigInt), default_int64: BigInt(none) });
  return graph.node("Concat", [codes!, constantColumn(text, none, graph)], [whole("places")], { axis: 1n })[0]!;
}

/**
 * Equal places of a row as one with a count. In order, equal ones are runs; the ends of the runs, put first by a second sort, which leaves equals
 * in their order, give each run's place, and the distance of two ends is the length of a run.
 */
function count(places: Value, none: Value, length: number, graph: Graph): Counted {
  const node = (op: Op, inputs: readonly Value[], dtype: Field["dtype"] = "int64", attributes = {}) => graph.node(op, inputs, [{ ...whole(op.toLowerCase()), dtype }], attributes)[0]!;
  const constant = (...values: readonly number[]) => graph.constant({ dtype: "int64", dims: [values.length], values: BigInt64Array.from(values, BigInt) });
  const [width] = graph.node("Shape", [places], [{ ...whole("width"), shape: [1] }], { start: 1n, end: 2n });
  const sort = (value: Value, largest: bigint) => graph.node("TopK", [value, width!], [whole("sorted"), whole("order")], { axis: 1n, largest }) as readonly [Value, Value];
  const [sorted] = sort(places, 0n);
  const next = node("Concat", [node("Slice", [sorted, constant(1), constant(2 ** 31), constant(1)]), none], "int64", { axis: 1n });
  const isEnd = node("Not", [node("Equal", [sorted, next], "bool")], "bool");
  const [isRun, ends] = sort(cast(graph, isEnd, "int64"), 1n);
  const there = node("Equal", [isRun, constant(1)], "bool");
  const behind = node("Add", [ends, constant(1)]);
  const zero = node("Sub", [none, constant(length)]);
  const before = node("Concat", [zero, node("Slice", [behind, constant(0), constant(-1), constant(1)])], "int64", { axis: 1n });
  const nothing = graph.constant({ dtype: "int64", dims: [1, 1], values: BigInt64Array.of(BigInt(length)) });
  return {
    places: node("Where", [there, node("GatherElements", [sorted, ends], "int64", { axis: 1n }), nothing]),
    counts: arithmetic(graph).where(there, cast(graph, node("Sub", [behind, before]), "float64"), 0),
  };
}

/** A whole number on each row, `[N, 1]`. */
function constantColumn(text: Value, number: number, graph: Graph): Value {
  return graph.node("LabelEncoder", [text], [{ ...whole("none"), shape: [] }], { keys_strings: [""], values_int64s: BigInt64Array.of(BigInt(number)), default_int64: BigInt(number) })[0]!;
}

function whole(name: string): Field {
  return { name, dtype: "int64", nullable: false, shape: null, categories: null };
}
