import { arithmetic, cast, defineFold, fill, sortTexts, type Field, type Graph, type Transform, type Value } from "@millrace/core";
import type { z } from "zod";
import { numberField } from "./columns.js";
import { requireInputs, type Takes } from "./input.js";
import { murmurHash } from "./murmur-hash.js";
import { tokenCounts, type TokenCounts } from "./token-counts.js";
import type { tokensOptions } from "./tokens.options.js";

type Options = z.infer<typeof tokensOptions>;

const TAKES: Takes = { transform: "tokens", allowed: ["text"], mend: "Give it columns of text." };

interface Vocabulary {
  /** In order of code points. */
  readonly tokens: readonly string[];
  /** Of each token, the number that counts it. */
  readonly places: Int32Array;
  /** How many numbers there are; 0: no token was seen. */
  readonly width: number;
  /** By number, for tf-idf. */
  readonly weights: Float64Array;
}

export interface TokensState {
  readonly columns: readonly Vocabulary[];
}

/**
 * The tokens of texts as a vector `[n]` of counts, `<column>_tokens`. Tokens that training did not see count nowhere, with `hash` too, because the
 * graph looks hashes up. Text that is missing has no tokens. A file with it needs operator set 20 (onnxruntime 1.17).
 */
export function tokens(options: Options): Transform<TokensState> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      return input.map(({ name }) => ({ ...numberField(outputName(name)), shape: null }));
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      const fold = tokenCounts(input.map(({ name }) => name), options.delimiter);
      return defineFold({ ...fold, finish: ({ count, columns }) => ({ columns: columns.map((counts) => vocabularyOf(counts, count, options)) }) });
    },
    lower: ({ columns }, input, graph) => new Map([...input].map(([name, text], index) => [outputName(name), lowerTokens(text, columns[index]!, options, graph)])),
  };
}

function outputName(name: string): string {
  return `${name}_tokens`;
}

function vocabularyOf({ times, rows }: TokenCounts, count: number, { features, hash, minCount }: Options): Vocabulary {
  const frequent = sortTexts(times.keys()).filter((token) => rows.get(token)! >= minCount);
  // Of equally frequent tokens the first stay; sorting is stable.
  const tokens = hash || frequent.length <= features ? frequent : sortTexts(frequent.sort((left, right) => times.get(right)! - times.get(left)!).slice(0, features));
  const places = Int32Array.from(tokens, (token, index) => (hash ? Math.abs(murmurHash(token)) % features : index));
  const width = tokens.length === 0 ? 0 : hash ? features : tokens.length;
  const rowsWith = new Float64Array(width);
  tokens.forEach((token, index) => (rowsWith[places[index]!]! += rows.get(token)!));
  // Of tokens that share a number, no more rows than there are.
  return { tokens, places, width, weights: rowsWith.map((each) => Math.log((1 + count) / (1 + Math.min(count, each))) + 1) };
}

function lowerTokens(text: Value, vocabulary: Vocabulary, options: Options, graph: Graph): Value {
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
  const flat = graph.constant({ dtype: "int64", dims: [1], values: BigInt64Array.of(-1n) });
  const [line] = graph.node("Reshape", [text, flat], [text.field]);
  const split: Field = { ...text.field, name: "tokens", shape: null };
  const [found] = graph.node("StringSplit", [line!], [split, { ...text.field, name: "count", dtype: "int64" }], { delimiter });
  const output: Field = { ...numberField("counts"), shape: width === 1 ? [] : [width] };
  const single = { mode: "TF", min_gram_length: 1n, max_gram_length: 1n, max_skip_count: 0n, ngram_counts: BigInt64Array.of(0n), ngram_indexes: BigInt64Array.from({ length: width }, (_, index) => BigInt(index)) };
  if (!hash) return cast(graph, graph.node("TfIdfVectorizer", [found!], [output], { ...single, pool_strings: tokens })[0]!, "float64");
  const [buckets] = graph.node("LabelEncoder", [found!], [{ ...split, dtype: "int64" }], { keys_strings: tokens, values_int64s: BigInt64Array.from(places, BigInt), default_int64: BigInt(width) });
  return cast(graph, graph.node("TfIdfVectorizer", [buckets!], [output], { ...single, pool_int64s: single.ngram_indexes })[0]!, "float64");
}
