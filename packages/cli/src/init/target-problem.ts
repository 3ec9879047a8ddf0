import { quoted, percent } from "./column-role.js";
import type { ColumnFacts } from "./column-facts.js";

/** What a model of a target would be: `why` ends a line of a config. */
export type TargetProblem =
  | { readonly kind: "binary"; readonly positive: string | number | boolean; readonly positiveShare: number; readonly why: string }
  | { readonly kind: "multiclass"; readonly classes: number; readonly rarestRows: number; readonly needsTask: boolean; readonly why: string }
  | { readonly kind: "regression"; readonly needsTask: boolean; readonly why: string };

/** More classes than this are no classes to begin with. */
const MOST_CLASSES = 50;
/** A class needs rows to learn from and rows to judge by. */
const FEWEST_ROWS = 2;

const YES = new Set(["true", "t", "yes", "y", "1", "1.0", "positive", "pos", "ja", "oui", "si"]);
const CLASS_NAME = /(?:^|[\s_.-])(?:class|label|type|category|species|kind|segment|cluster)(?:$|[\s_.-])/i;

/** The problem that this column would be as a target; null where it cannot be one. */
export function problemOf(facts: ColumnFacts): TargetProblem | null {
  const { name, dtype, distinct, values, numbers, texts, width } = facts;
  if (width !== 1 || dtype === "bytes" || dtype === "timestamp" || distinct < 2) return null;
  if (distinct === 2) return binary(facts);
  if (numbers !== null) {
    if (!numbers.areWhole || !CLASS_NAME.test(name) || distinct > MOST_CLASSES) return { kind: "regression", needsTask: false, why: "numbers: a regression" };
    return { kind: "multiclass", classes: distinct, rarestRows: values.at(-1)![1], needsTask: true, why: `its name says that these ${distinct} numbers are classes` };
  }
  if (texts === null || distinct > MOST_CLASSES || values[1]![1] < FEWEST_ROWS) return null;
  return { kind: "multiclass", classes: distinct, rarestRows: values.at(-1)![1], needsTask: false, why: `${distinct} classes` };
}

/** The positive class: what says yes, else the rarer one, which is more often what one looks for. */
function binary({ dtype, rows, missing, values }: ColumnFacts): TargetProblem {
  const [[more], [less, lessRows]] = values as readonly [readonly [string, number], readonly [string, number]];
  const yes = [more, less].filter((value) => YES.has(value.trim().toLowerCase()));
  const positive = yes.length === 1 ? yes[0]! : less;
  const share = lessRows / (rows - missing);
  const positiveShare = positive === less ? share : 1 - share;
  const why = yes.length === 1 ? `it says yes; ${percent(positiveShare)} of the rows` : `the rarer of ${quoted(more)} and ${quoted(less)}; ${percent(positiveShare)} of the rows`;
  return { kind: "binary", positive: dtype === "bool" ? positive === "true" : dtype === "string" ? positive : Number(positive), positiveShare, why };
}
