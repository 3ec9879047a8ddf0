import { lookup, MillraceError, sortTexts, type Field, type Graph, type Transform, type Value } from "@millrace/core";
import type { z } from "zod";
import { numberField } from "./columns.js";
import { requireInputs, type Takes } from "./input.js";
import type { targetEncodeOptions } from "./target-encode.options.js";
import { targetSums, type TargetSums } from "./target-sums.js";

const TAKES: Takes = {
  transform: "target-encode",
  allowed: ["text", "code"],
  mend: "Make a category of the column first: `category` for whole numbers, `date-parts` for times; then encode its result.",
};

export interface TargetEncodeState {
  /** Mean of the target, or shares of the classes. Missing and unseen categories get it. */
  readonly prior: Float64Array;
  /** Of each column: the categories seen, sorted, and their encodings, one after another. */
  readonly columns: readonly { readonly categories: readonly string[]; readonly encodings: Float64Array }[];
}

/**
 * The mean of the target per category, drawn towards the overall mean (Micci-Barreca 2001, with a fixed weight of the prior). Where there
 * are more than two classes, a vector: the share of each class. The core cross-fits it in training.
 */
export function targetEncode({ smoothing }: z.infer<typeof targetEncodeOptions>): Transform<TargetEncodeState> {
  return {
    learnsFrom: "target",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      return input.map(({ name }) => ({ ...numberField(name), shape: null }));
    },
    fit(input, target) {
      requireInputs(TAKES, input, "fitted");
      const components = componentsOf(target);
      const fold = targetSums(input, components);
      return {
        ...fold,
        finish({ total, byName }: TargetSums) {
          const prior = total.slice(1).map((sum) => (total[0] === 0 ? 0 : sum / total[0]!));
          return { prior, columns: byName.map((sums) => encodingsOf(sums, prior, smoothing)) };
        },
      };
    },
    lower: ({ prior, columns }, input, graph) =>
      new Map([...input].map(([name, value], index) => [name, lowerEncoding(prior, columns[index]!, value, graph)])),
  };
}

function componentsOf(target: Field | null): number {
  if (target === null)
    throw new MillraceError({ code: "TRANSFORM_TARGET", message: "`target-encode` learns from the target, and the model has none.", mend: "Set `columns.target`, or use `category` instead." });
  if (target.dtype === "int32" && target.categories === null)
    throw new MillraceError({ code: "TRANSFORM_TARGET", message: "The target's classes are not known: its field has no categories.", mend: "Give the field of `$target` its classes as categories." });
  return target.categories === null || target.categories.length <= 2 ? 1 : target.categories.length;
}

function encodingsOf(sums: ReadonlyMap<string, Float64Array>, prior: Float64Array, smoothing: number): TargetEncodeState["columns"][number] {
  const categories = sortTexts(sums.keys());
  const encodings = new Float64Array(categories.length * prior.length);
  categories.forEach((name, code) => {
    const [weight, ...components] = sums.get(name)!;
    components.forEach((sum, index) => {
      encodings[code * prior.length + index] = (sum + smoothing * prior[index]!) / (weight! + smoothing);
    });
  });
  return { categories, encodings };
}

/** A table of encodings by code, its last two rows (missing, unseen) the prior. */
function lowerEncoding(prior: Float64Array, { categories, encodings }: TargetEncodeState["columns"][number], value: Value, graph: Graph): Value {
  const known = value.field.categories ?? categories;
  const code = value.field.categories === null ? graph.code(value, categories) : value;
  const positions = new Map(categories.map((category, index) => [category, index]));
  const width = prior.length;
  const table = new Float64Array((known.length + 2) * width);
  for (let row = 0; row < known.length + 2; row++) {
    const position = row < known.length ? positions.get(known[row]!) : undefined;
    table.set(position === undefined ? prior : encodings.subarray(position * width, (position + 1) * width), row * width);
  }
  return lookup(graph, code, table, width);
}
