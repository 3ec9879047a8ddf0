import { sortTexts } from "@millrace/core";
import type { z } from "zod";
import { murmurHash } from "./murmur-hash.js";
import type { TokenCounts } from "./token-counts.js";
import type { tokensOptions } from "./tokens.options.js";

/** What tokens of a column count. */
export interface Vocabulary {
  /** In order of code points. */
  readonly tokens: readonly string[];
  /** Of each token, the number that counts it. */
  readonly places: Int32Array;
  /** How many numbers there are; 0: no token was seen. */
  readonly width: number;
  /** By number, for tf-idf. */
  readonly weights: Float64Array;
}

/** From the counts of `count` training rows. */
export function vocabularyOf({ times, rows }: TokenCounts, count: number, { dense, features, hash, minCount }: z.infer<typeof tokensOptions>): Vocabulary {
  const most = features ?? (dense ? 256 : 2 ** 18);
  const frequent = sortTexts(times.keys()).filter((token) => rows.get(token)! >= minCount);
  // Of equally frequent tokens the first stay; sorting is stable.
  const tokens = hash || frequent.length <= most ? frequent : sortTexts(frequent.sort((left, right) => times.get(right)! - times.get(left)!).slice(0, most));
  const places = Int32Array.from(tokens, (token, index) => (hash ? Math.abs(murmurHash(token)) % most : index));
  const width = tokens.length === 0 ? 0 : hash ? most : tokens.length;
  const rowsWith = new Float64Array(width);
  tokens.forEach((token, index) => (rowsWith[places[index]!]! += rows.get(token)!));
  // Of tokens that share a number, no more rows than there are.
  return { tokens, places, width, weights: rowsWith.map((each) => Math.log((1 + count) / (1 + Math.min(count, each))) + 1) };
}
