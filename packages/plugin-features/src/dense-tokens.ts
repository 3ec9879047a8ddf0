import { arithmetic, cast, fill, type Field, type Graph, type Value } from "@millrace/core";
import type { z } from "zod";
import { numberField } from "./columns.js";
import { splitText } from "./split-text.js";
import type { tokensOptions } from "./tokens.options.js";
import type { Vocabulary } from "./vocabulary.js";

type Options = z.infer<typeof tokensOptions>;

/** The tokens of a text as a vector of all numbers, `[N, n]` in float64. */
export function denseTokens(text: Value, vocabulary: Vocabulary, options: Options, graph: Graph): Value {
  if (vocabulary.width === 0) return fill(graph, graph.code(text, []), 0);
  const counts = countsOf(text, vocabulary, options, graph);
  if (options.as === "count") return counts;
  const { row, add, mul, div, log, sqrt, where, greater } = arithmetic(graph);
  const isThere = greater(counts, 0);
  if (options.as === "presence") return where(isThere, 1, 0);
  const damped = options.sublinear ? where(isThere, add(log(where(isThere, counts, 1)), 1), 0) : counts;
  const weighed = mul(damped, row(vocabulary.weights));
  if (options.norm === "none") return weighed;
  const axes = graph.constant({ dtype: "int64", dims: [1], values: BigInt64Array.of(1n) });
  const [squares] = graph.node("ReduceSum", [mul(weighed, weighed), axes], [{ ...numberField("squares"), dtype: "float64" }]);
  return div(weighed, sqrt(where(greater(squares!, 0), squares!, 1)));
}

/** Splits the text, gives shared numbers to tokens where they are hashed, and counts, in float64. */
function countsOf(text: Value, { tokens, places, width }: Vocabulary, { delimiter, hash }: Options, graph: Graph): Value {
  const found = splitText(text, delimiter, graph);
  const output: Field = { ...numberField("counts"), shape: width === 1 ? [] : [width] };
  const single = { mode: "TF", min_gram_length: 1n, max_gram_length: 1n, max_skip_count: 0n, ngram_counts: BigInt64Array.of(0n), ngram_indexes: BigInt64Array.from({ length: width }, (_, index) => BigInt(index)) };
  if (!hash) return cast(graph, graph.node("TfIdfVectorizer", [found], [output], { ...single, pool_strings: tokens })[0]!, "float64");
  const [buckets] = graph.node("LabelEncoder", [found], [{ ...found.field, dtype: "int64" }], { keys_strings: tokens, values_int64s: BigInt64Array.from(places, BigInt), default_int64: BigInt(width) });
  return cast(graph, graph.node("TfIdfVectorizer", [buckets!], [output], { ...single, pool_int64s: single.ngram_indexes })[0]!, "float64");
}
