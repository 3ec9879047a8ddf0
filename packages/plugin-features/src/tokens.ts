import { defineFold, type Transform } from "@millrace/core";
import type { z } from "zod";
import { numberField } from "./columns.js";
import { denseTokens } from "./dense-tokens.js";
import { requireInputs, type Takes } from "./input.js";
import { sparseTokens } from "./sparse-tokens.js";
import { tokenCounts } from "./token-counts.js";
import type { tokensOptions } from "./tokens.options.js";
import { vocabularyOf, type Vocabulary } from "./vocabulary.js";

const TAKES: Takes = { transform: "tokens", allowed: ["text"], mend: "Give it columns of text." };

export interface TokensState {
  readonly columns: readonly Vocabulary[];
}

/**
 * The tokens of texts as a sparse vector `[n]` of counts, `<column>_tokens`, or a dense one. Tokens that training did not see count nowhere, with `hash`
 * too, because the graph looks hashes up. Text that is missing has no tokens. A file with it needs operator set 20 (onnxruntime 1.17).
 */
export function tokens(options: z.infer<typeof tokensOptions>): Transform<TokensState> {
  const lower = options.dense ? denseTokens : sparseTokens;
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      return input.map(({ name }) => (options.dense ? { ...numberField(outputName(name)), shape: null } : { ...numberField(outputName(name)), dtype: "sparse", nullable: false, shape: null }));
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      const fold = tokenCounts(input.map(({ name }) => name), options.delimiter);
      return defineFold({ ...fold, finish: ({ count, columns }) => ({ columns: columns.map((counts) => vocabularyOf(counts, count, options)) }) });
    },
    lower: ({ columns }, input, graph) => new Map([...input].map(([name, text], index) => [outputName(name), lower(text, columns[index]!, options, graph)])),
  };
}

function outputName(name: string): string {
  return `${name}_tokens`;
}
