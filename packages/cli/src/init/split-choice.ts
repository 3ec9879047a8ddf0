import { percent } from "./column-role.js";
import type { ColumnFacts } from "./column-facts.js";
import type { TargetProblem } from "./target-problem.js";
import { timeWindowsOf } from "./time-windows.js";

/** A rule of splitting with its options, and why. */
export interface SplitChoice {
  readonly use: "time" | "hash" | "random";
  readonly with: Readonly<Record<string, unknown>>;
  readonly why: string;
}

export interface SplitInput {
  readonly problem: TargetProblem;
  readonly time: ColumnFacts | null;
  readonly key: string | null;
  readonly group: string | null;
  readonly rows: number;
}

/** Fewer rows than these train better than they validate: nothing in a first model learns from validation rows. */
const FEWEST_ROWS_TO_VALIDATE = 1_000;

/** By time where there is one, else by a key or a group, which stays stable as the data grows, else at random. */
export function splitOf({ problem, time, key, group, rows }: SplitInput): SplitChoice {
  const windows = time?.numbers ? timeWindowsOf(time.numbers) : null;
  if (windows !== null) {
    const { kind, validation, test, testShare } = windows;
    const dated = kind === "dates" ? " (dates, since a few rows lie far behind all others: those are left out)" : "";
    const why = `learn from the past, judge by the newest rows: ${percent(testShare)} are the test${dated}`;
    return { use: "time", with: { validation, test }, why };
  }
  const shares = rows < FEWEST_ROWS_TO_VALIDATE ? { test: 0.25, validation: 0 } : { test: 0.2, validation: 0.2 };
  const few = rows < FEWEST_ROWS_TO_VALIDATE ? "; so few rows are not spent on validation" : "";
  if (group !== null) return { use: "hash", with: shares, why: `by a hash of columns.group: all rows of one group are on one side${few}` };
  if (key !== null) return { use: "hash", with: shares, why: `by a hash of columns.key: a row stays on its side when more rows come${few}` };
  if (problem.kind === "regression") return { use: "random", with: shares, why: `at random: no column says when a row was known${few}` };
  return { use: "random", with: { ...shares, stratify: true }, why: `at random, with the same share of each class: no column says when a row was known${few}` };
}
