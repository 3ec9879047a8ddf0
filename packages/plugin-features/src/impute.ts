import { defineFold, fuse, MillraceError, moments, sortTexts, type Field, type Fold, type Graph, type Transform, type Value, type Values } from "@millrace/core";
import type { z } from "zod";
import { codeField, gatherCodes } from "./codes.js";
import { numberField, overColumns } from "./columns.js";
import { kindOf, NUMBERS, requireInputs, type InputKind, type Takes } from "./input.js";
import type { imputeOptions } from "./impute.options.js";
import { countLevels, mergeCounts } from "./level-counts.js";
import { levelsOf } from "./levels.js";

type Options = z.infer<typeof imputeOptions>;

/** By column: the number that takes the place of a missing one, or the categories and which of them does (null: none was seen). */
export interface ImputeState {
  readonly columns: readonly (number | { readonly categories: readonly string[]; readonly replacement: string | null })[];
}

/**
 * A value in the place of missing ones. Numbers stay numbers; text comes out as a category (as from `category`) without a missing
 * code, and a category stays one.
 */
export function impute(options: Options): Transform<ImputeState> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(takesOf(options), input, "promised");
      return input.map((field) => (isNumber(field) ? numberField(field.name) : codeField(field.name, null)));
    },
    fit(input) {
      requireInputs(takesOf(options), input, "fitted");
      const fused = fuse(Object.fromEntries(input.map((field, index) => [String(index), isNumber(field) ? meanOf(field, options) : frequentOf(field, options)])));
      return defineFold({ ...fused, finish: (partial) => ({ columns: Object.values(fused.finish(partial)) }) });
    },
    lower({ columns }, input, graph) {
      const names = [...input.keys()];
      const numbers: Values = new Map([...input].filter((_, index) => typeof columns[index] === "number"));
      const means = columns.filter((column) => typeof column === "number");
      const imputed = numbers.size === 0 ? new Map<string, Value>() : overColumns(numbers, graph, (x, { where, isNaN, row }) => where(isNaN(x), row(means), x));
      return new Map(names.map((name, index) => [name, imputed.get(name) ?? lowerText(columns[index] as Learnt, name, input.get(name)!, graph)]));
    },
  };
}

type Learnt = Exclude<ImputeState["columns"][number], number>;

function isNumber(field: Field): boolean {
  return NUMBERS.includes(kindOf(field));
}

function takesOf({ strategy, value }: Options): Takes {
  const others: readonly InputKind[] = ["text", "code"];
  const numeric = strategy === "mean" || typeof value === "number";
  const allowed = numeric ? NUMBERS : strategy === null ? [...NUMBERS, ...others] : others;
  return { transform: "impute", allowed, mend: numeric ? "For text and categories use `strategy: \"most-frequent\"`, or a constant text." : "For numbers use `strategy: \"mean\"`, or a constant number." };
}

function meanOf({ name }: Field, { value }: Options): Fold<number> {
  const fold = moments(name);
  return defineFold({ ...fold, finish: (partial) => (typeof value === "number" ? value : fold.finish(partial).mean || 0) });
}

function frequentOf(field: Field, { value }: Options): Fold<Learnt> {
  return defineFold<Map<string, number>, Learnt>({
    start: () => new Map(),
    add(counts, batch) {
      countLevels(levelsOf(batch.column(field.name), field), counts);
      return counts;
    },
    merge(left, right) {
      mergeCounts(left, right);
      return left;
    },
    finish(counts) {
      const seen = sortTexts(counts.keys());
      const replacement = typeof value === "string" ? value : seen.reduce<string | null>((best, name) => (best === null || counts.get(name)! > counts.get(best)! ? name : best), null);
      if (field.categories !== null) return { categories: field.categories, replacement };
      return { categories: replacement === null || counts.has(replacement) ? seen : sortTexts([...seen, replacement]), replacement };
    },
  });
}

/** One lookup: every code stays itself, but for the missing one. */
function lowerText({ categories, replacement }: Learnt, name: string, value: Value, graph: Graph): Value {
  const code = value.field.categories === null ? graph.code(value, categories) : value;
  const n = categories.length;
  const position = replacement === null ? n : categories.indexOf(replacement);
  if (position < 0)
    throw new MillraceError({ code: "TRANSFORM_INPUT", message: `\`impute\` has the constant "${replacement}", which is no category of "${name}".`, mend: "Use one of its categories, or put `impute` before `category`." });
  return gatherCodes(Array.from({ length: n + 2 }, (_, at) => (at === n ? position : at)), code, codeField(name, categories), graph);
}
