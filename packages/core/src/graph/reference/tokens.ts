import type { Tensor } from "../../contracts/graph.js";
import { intsOf, stringOf, stringsOf } from "../attributes.js";
import type { Operator } from "./kernel.js";

/** Tokens between delimiters, empty ones too; the empty text has none. */
export const stringSplit: Operator = (attributes) => {
  const delimiter = stringOf(attributes, "delimiter", "");
  return ([input]) => {
    const texts = (input as Extract<Tensor, { dtype: "string" }>).values;
    const split = texts.map((text) => (text === "" ? [] : text.split(delimiter)));
    const width = split.reduce((most, { length }) => Math.max(most, length), 0);
    return [
      { dtype: "string", dims: [texts.length, width], values: split.flatMap((tokens) => Array.from({ length: width }, (_, index) => tokens[index] ?? "")) },
      { dtype: "int64", dims: [texts.length], values: BigInt64Array.from(split, ({ length }) => BigInt(length)) },
    ];
  };
};

/** Of each row, how often each entry of the pool occurs. */
export const tfIdfVectorizer: Operator = (attributes) => {
  const texts = stringsOf(attributes, "pool_strings");
  const pool: readonly (string | bigint)[] = texts.length > 0 ? texts : intsOf(attributes, "pool_int64s").map(BigInt);
  const places = intsOf(attributes, "ngram_indexes");
  const placeOf = new Map(pool.map((token, index) => [token, places[index]!]));
  const width = places.reduce((most, place) => Math.max(most, place), 0) + 1;
  return ([input]) => {
    const [rows, tokens] = input!.dims as readonly [number, number];
    const counts = new Float32Array(rows * width);
    for (let at = 0; at < input!.values.length; at++) {
      const place = placeOf.get(input!.values[at] as string | bigint);
      if (place !== undefined) counts[Math.floor(at / tokens) * width + place]!++;
    }
    return [{ dtype: "float32", dims: [rows, width], values: counts }];
  };
};
