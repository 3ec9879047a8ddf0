import type { ColumnFacts } from "./column-facts.js";
import { percent, quoted, roleOf, type ColumnRole } from "./column-role.js";
import type { Leaks } from "./leaks.js";
import { splitOf, type SplitChoice } from "./split-choice.js";
import { passedOver } from "./target-candidates.js";
import type { TargetProblem } from "./target-problem.js";

/** A name or a value with the words that end its line. */
export interface Explained<T = string> {
  readonly value: T;
  readonly why: string;
}

/** Columns that one transform takes. */
export interface FeatureGroup {
  readonly use: string;
  readonly with: Readonly<Record<string, unknown>> | null;
  readonly from: readonly string[];
  readonly why: string;
}

/** All that a config of one model says, each choice with its reason. */
export interface Proposal {
  readonly target: Explained;
  readonly problem: TargetProblem;
  readonly key: Explained | null;
  readonly time: Explained | null;
  readonly group: Explained | null;
  readonly ignore: readonly Explained[];
  readonly pii: readonly Explained[];
  readonly split: SplitChoice;
  readonly features: readonly FeatureGroup[];
  readonly train: Explained;
  readonly metrics: Explained<readonly string[]>;
  readonly baseline: string;
  /** Columns that tell much of the target: sentences for the reader. */
  readonly warnings: readonly string[];
}

export interface ProposalInput {
  readonly facts: readonly ColumnFacts[];
  readonly target: string;
  readonly targetWhy: string;
  readonly problem: TargetProblem;
  /** Column to split by; null: none. */
  readonly time: string | null;
  /** Columns that alone tell the target. */
  readonly leaks: Leaks;
}

type Column = { readonly facts: ColumnFacts; readonly role: ColumnRole };

/** What to write into a config for a file of which this is known. Pure. */
export function propose({ facts, target, targetWhy, problem, time, leaks }: ProposalInput): Proposal {
  const columns = facts.map((one): Column => ({ facts: one, role: roleOf(one) }));
  const others = columns.filter(({ facts: { name } }) => name !== target);
  const ids = others.filter(({ role }) => role.kind === "ignored" && role.what === "id");
  const key = ids.find(({ facts: { distinct, rows, missing } }) => missing === 0 && distinct === rows) ?? null;
  const recurring = ids.find((one) => one !== key && one.facts.missing === 0 && one.facts.distinct < 0.9 * one.facts.rows) ?? null;
  const chosenTime = facts.find(({ name }) => name === time) ?? null;
  const split = splitOf({ problem, time: chosenTime, key: key?.facts.name ?? null, group: recurring?.facts.name ?? null, rows: facts[0]!.rows });
  // With time and group at once, the rows of a group that lie on both sides would be left out.
  const [timeFacts, group] = split.use === "time" ? [chosenTime, null] : [null, recurring];
  const used = others.filter(({ facts: { name }, role }) => role.kind !== "ignored" && !leaks.certain.includes(name));
  return {
    target: { value: target, why: targetWhy },
    problem,
    key: key === null ? null : { value: key.facts.name, why: "a value of its own in every row" },
    time: timeFacts === null ? null : { value: timeFacts.name, why: "when a row was known" },
    group: group === null ? null : { value: group.facts.name, why: "rows of one value stay on one side of the split" },
    ignore: ignoredOf(others, [key, group], leaks),
    pii: others.flatMap(({ facts: { name }, role }) => (role.kind === "ignored" && role.what === "personal" ? [{ value: name, why: role.why }] : [])),
    split,
    features: featuresOf(used),
    train: problem.kind === "regression" ? { value: "ridge", why: "a linear model first: quick, and easy to read" } : { value: "logistic", why: "a linear model first: quick, and its probabilities can be trusted" },
    metrics: metricsOf(problem),
    baseline: problem.kind === "regression" ? "mean" : "prior",
    warnings: [
      ...passedOver(facts, target),
      ...leaks.suspicious.map((name) => `${leaks.byMissing.includes(name) ? `Whether ${quoted(name)} is missing` : quoted(name)} alone tells much of the target: make sure that it is known before what is to be predicted.`),
    ],
  };
}

function ignoredOf(columns: readonly Column[], roles: readonly (Column | null)[], { certain, byMissing }: Leaks): readonly Explained[] {
  return columns.flatMap((one) => {
    const { name } = one.facts;
    if (roles.includes(one)) return [];
    if (one.role.kind === "ignored") return [{ value: name, why: one.role.why }];
    const what = byMissing.includes(name) ? "whether it is missing alone tells the target" : "alone tells the target";
    return certain.includes(name) ? [{ value: name, why: `${what}: it may hold what is known only afterwards` }] : [];
  });
}

/** Columns by what is done to them, in the order of the file. */
function featuresOf(columns: readonly Column[]): readonly FeatureGroup[] {
  const named = (wanted: (column: Column) => boolean): readonly string[] => columns.filter(wanted).map(({ facts: { name } }) => name);
  const isNumber = ({ role }: Column, isSkewed: boolean): boolean => role.kind === "number" && role.isSkewed === isSkewed;
  const isCategory = ({ role }: Column, isWide: boolean): boolean => role.kind === "category" && role.isWide === isWide;
  const groups: readonly FeatureGroup[] = [
    { use: "missing-indicator", with: null, from: named(({ facts: { missing, rows }, role }) => role.kind === "number" && missing / rows >= 0.05), why: "that a number is missing may tell something by itself" },
    { use: "standardize", with: null, from: named((column) => isNumber(column, false)), why: "numbers, brought to one scale" },
    { use: "quantile", with: { output: "normal" }, from: named((column) => isNumber(column, true)), why: "numbers with long tails: their ranks, so that a few large ones do not decide" },
    { use: "category", with: null, from: named((column) => isCategory(column, false)), why: "texts and numbers with few values" },
    { use: "category", with: { minCount: 5, other: "(other)" }, from: named((column) => isCategory(column, true)), why: "many values: those in fewer than 5 training rows count as one" },
    { use: "tokens", with: { as: "tf-idf" }, from: named(({ role }) => role.kind === "text"), why: "free text: its most frequent words" },
    ...dateParts(columns.filter(({ role }) => role.kind === "time")),
  ];
  return groups.filter(({ from }) => from.length > 0);
}

const YEAR = 365.25 * 86_400_000;

/** Times with the same parts to take, together. */
function dateParts(times: readonly Column[]): readonly FeatureGroup[] {
  const byParts = new Map<string, string[]>();
  for (const { facts } of times) {
    const parts = partsOf(facts);
    if (parts.length > 0) byParts.set(parts.join(), [...(byParts.get(parts.join()) ?? []), facts.name]);
  }
  return [...byParts].map(([parts, from]) => ({ use: "date-parts", with: { parts: parts.split(",") }, from, why: "what comes again in a time; its year does not" }));
}

/** The parts of a time that differ, and that come again: a year does not. */
function partsOf({ numbers }: ColumnFacts): readonly string[] {
  if (numbers === null) return [];
  const { sorted } = numbers;
  const differ = (part: (date: Date) => number): boolean => sorted.some((ms) => part(new Date(ms)) !== part(new Date(sorted[0]!)));
  return [
    ...(sorted.at(-1)! - sorted[0]! >= 2 * YEAR && differ((date) => date.getUTCMonth()) ? ["month"] : []),
    ...(differ((date) => date.getUTCDay()) && !onlyFirstDays(sorted) ? ["weekday"] : []),
    ...(differ((date) => date.getUTCHours()) ? ["hour"] : []),
  ];
}

/** Days of the month that say no more than the month: weekdays among them are chance. */
function onlyFirstDays(sorted: Float64Array): boolean {
  return sorted.every((ms) => new Date(ms).getUTCDate() === 1);
}

function metricsOf(problem: TargetProblem): Explained<readonly string[]> {
  if (problem.kind === "regression") return { value: ["rmse", "mae", "r2", "residuals"], why: "errors in the target's own unit; r2: 1 is perfect, 0 is the mean; residuals: how far off the mean is, and a plot" };
  if (problem.kind === "multiclass") return { value: ["log-loss", "accuracy", "balanced-accuracy", "confusion"], why: "balanced-accuracy counts each class the same, however rare" };
  const isRare = problem.positiveShare < 0.1;
  if (isRare) return { value: ["pr-auc", "roc-auc", "log-loss", "brier", "ece"], why: `only ${percent(problem.positiveShare)} are positive: pr-auc says how well they are found, where accuracy would say nothing` };
  return { value: ["roc-auc", "pr-auc", "log-loss", "brier", "ece"], why: "roc-auc: how well the classes are told apart; log-loss, brier and ece: how true the probabilities are" };
}

