import type { Frame } from "../../contracts/frame.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { isMissing } from "../../frame/missing.js";
import { take } from "../../frame/take.js";
import { classNames } from "../data/target.js";
import type { MetricSet } from "./metric-set.js";
import type { Scores } from "./evaluation.js";

/** Values of a slice column at most: more are a sign of an id. */
export const MAX_SLICES = 1_000;

interface Slice {
  rows: number;
  partial: unknown;
}

/** What rows without a value are called. */
const MISSING = "(missing)";

/** The slices of a column of personal data: `(masked 1)` has the most rows, and so on; that a value is missing says nothing of anyone. */
export function withMaskedValues<Side extends string>(byValue: Readonly<Record<string, Readonly<Partial<Record<Side, Scores>>>>>): Readonly<Record<string, Readonly<Partial<Record<Side, Scores>>>>> {
  const rowsOf = (parts: Readonly<Partial<Record<Side, Scores>>>) => Object.values<Scores | undefined>(parts).reduce((sum, scores) => sum + (scores?.rows ?? 0), 0);
  const known = Object.entries(byValue).filter(([value]) => value !== MISSING).sort(([, left], [, right]) => rowsOf(right) - rowsOf(left));
  const masked = known.map(([, parts], index) => [`(masked ${index + 1})`, parts] as const);
  return Object.fromEntries([...masked, ...Object.entries(byValue).filter(([value]) => value === MISSING)]);
}

/** Metrics per value of a column; missing values are a slice too. */
export function slicer(column: string, { fold }: MetricSet) {
  const slices = new Map<string, Slice>();
  return {
    add(raw: Frame, view: Frame): void {
      for (const [value, rows] of rowsByValue(raw, column)) {
        const slice = slices.get(value) ?? { rows: 0, partial: fold.start() as unknown };
        slice.rows += rows.length;
        slice.partial = fold.add(slice.partial, take(view, rows));
        slices.set(value, slice);
      }
      if (slices.size > MAX_SLICES)
        throw new MillraceError({ code: "EVALUATE_SLICES", message: `The slice column "${column}" has more than ${MAX_SLICES} values.`, mend: `Take "${column}" out of evaluate.slices, or bin it in the source.` });
    },
    finish(): Readonly<Record<string, Scores>> {
      return Object.fromEntries([...slices].sort(([left], [right]) => (left < right ? -1 : 1)).map(([value, { rows, partial }]) => [value, { rows, metrics: fold.finish(partial) }]));
    },
  };
}

function rowsByValue(frame: Frame, name: string): ReadonlyMap<string, Int32Array> {
  const column = frame.column(name);
  const nameOf = classNames(column);
  const found = new Map<string, number[]>();
  for (let row = 0; row < frame.length; row++) {
    const value = isMissing(column, row) ? MISSING : nameOf(row);
    const rows = found.get(value);
    if (rows === undefined) found.set(value, [row]);
    else rows.push(row);
  }
  return new Map([...found].map(([value, rows]) => [value, Int32Array.from(rows)]));
}
