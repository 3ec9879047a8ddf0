import { intOf, intsOf, stringOf, stringsOf } from "../attributes.js";
import { refused } from "../refuse.js";
import { describeType, isBatch } from "../tensor-type.js";
import { present } from "./elementwise.js";
import type { Infer } from "./operand.js";

/** `[N]` texts to `[N, ?]` tokens, padded with `""` to the longest of the batch, and how many each text has. */
export const stringSplit: Infer = (op, operands, attributes) => {
  const [type] = present(op, operands, 1);
  if (type!.dtype !== "string" || type!.dims.length !== 1 || !isBatch(type!.dims)) throw refused(op, `it cannot take ${describeType(type!)}.`, "Reshape the texts to [-1] first.");
  // Without one, the two libraries differ in what they take for white space.
  if (stringOf(attributes, "delimiter", "") === "") throw refused(op, "it has no delimiter.", "Set `delimiter` to the text between two tokens.");
  if (attributes["maxsplit"] !== undefined) throw refused(op, "it stops after so many tokens.", "Leave `maxsplit` out.");
  return [{ dtype: "string", dims: [null, null] }, { dtype: "int64", dims: [null] }];
};

/** `[N, ?]` tokens or codes to float32 counts of those in the pool. Single tokens only, unweighted: its weights are float32. */
export const tfIdfVectorizer: Infer = (op, operands, attributes) => {
  const [type] = present(op, operands, 1);
  const { dtype, dims } = type!;
  const pool = dtype === "string" ? stringsOf(attributes, "pool_strings").length : dtype === "int64" ? intsOf(attributes, "pool_int64s").length : 0;
  if (pool === 0 || dims.length !== 2 || !isBatch(dims)) throw refused(op, `a pool of ${pool} for ${describeType(type!)}.`, "Give it [N, ?] of text with pool_strings, or of int64 with pool_int64s.");
  const lengths = [intOf(attributes, "min_gram_length", 0), intOf(attributes, "max_gram_length", 0), intsOf(attributes, "ngram_counts").length, intOf(attributes, "max_skip_count", 0)];
  if (lengths.join() !== "1,1,1,0" || stringOf(attributes, "mode", "") !== "TF" || attributes["weights"] !== undefined)
    throw refused(op, "it does more than count single tokens.", "Set min_gram_length and max_gram_length to 1, ngram_counts to [0], max_skip_count to 0 and mode to TF; weigh in float64.");
  const places = intsOf(attributes, "ngram_indexes");
  if (places.length !== pool || places.some((place) => place < 0)) throw refused(op, `${places.length} places for a pool of ${pool}.`, "Give ngram_indexes one place from 0 on per entry of the pool.");
  return [{ dtype: "float32", dims: [dims[0]!, places.reduce((most, place) => Math.max(most, place), 0) + 1] }];
};
