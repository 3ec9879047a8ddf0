import { cast, fill, MillraceError, type Graph, type Transform, type Value, type Values } from "@millrace/core";
import type { z } from "zod";
import { category, type CategoryState } from "./category.js";
import { codeField } from "./codes.js";
import { numberField } from "./columns.js";
import { requireInputs, type Takes } from "./input.js";
import type { oneHotOptions } from "./one-hot.options.js";

const TAKES: Takes = { transform: "one-hot", allowed: ["text", "whole", "boolean", "code"], mend: "Give it text, whole numbers, booleans or categories; `bucketize` makes a category of other numbers, `date-parts` of times." };

/** The widest vector: of 262,144 rows it takes 4 GiB. */
export const WIDEST = 4_096;

/**
 * Categories, one column each to a model. A code stands for it: a linear model gathers a weight by it, which is the same number, faster. Only where
 * `dense` asks for it a vector is made, `[n]` of n categories; missing and unseen are all zeros (scikit-learn's `handle_unknown="ignore"`).
 */
export function oneHot({ dense, ...limits }: z.infer<typeof oneHotOptions>): Transform<CategoryState> {
  const inner = category(limits);
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      return input.map(({ name }) => (dense ? { ...numberField(name), shape: null } : codeField(name, null)));
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      return inner.fit(input.filter(({ categories }) => categories === null), null);
    },
    lower(state, input, graph) {
      const codes = inner.lower(state, new Map([...input].filter(([, { field }]) => field.categories === null)), graph);
      const all: Values = new Map([...input].map(([name, value]) => [name, codes.get(name) ?? value]));
      return dense ? new Map([...all].map(([name, code]) => [name, vector(name, code, graph)])) : all;
    },
  };
}

function vector(name: string, code: Value, graph: Graph): Value {
  const n = code.field.categories!.length;
  if (n === 0) return fill(graph, code, 0);
  if (n > WIDEST)
    throw new MillraceError({ code: "TRANSFORM_WIDTH", message: `\`one-hot\` would make a vector of ${n} numbers of "${name}"; at most ${WIDEST} are made.`, mend: "Leave `dense` out, or set `maxCategories`.", facts: { column: name, width: n } });
  const row = graph.constant({ dtype: "int64", dims: [1, n], values: BigInt64Array.from({ length: n }, (_, index) => BigInt(index)) });
  const [isIt] = graph.node("Equal", [code, row], [{ ...numberField(name), dtype: "bool", shape: n === 1 ? [] : [n] }]);
  return cast(graph, isIt!, "float32");
}
