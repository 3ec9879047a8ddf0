import { MillraceError, type Source } from "@millrace/core";
import type { Policy, Violation } from "@millrace/plugin-serve";
import { count } from "../print/number.js";

/** Values of one column that did not fit, and passed. */
export interface Misfits {
  readonly column: string;
  readonly kind: Violation["kind"];
  /** `missing`: the model saw nothing in their place; `flag`: it saw a value beyond training, or nothing for one of another type. */
  readonly outcome: Exclude<Policy, "refuse">;
  readonly values: number;
  /** Of the file, from 0. */
  readonly firstRow: number;
}

/** Counts what passed though it did not fit. Rows are those of the file. */
export interface MisfitLedger {
  /** Throws DATA_MISFIT where the value is refused; `text` says what it is. */
  add(violation: Violation, outcome: Policy, text: (violation: Violation) => string): void;
  /** By column, in the order in which they were met. */
  entries(): readonly Misfits[];
}

export function misfitLedger(): MisfitLedger {
  const all = new Map<string, { -readonly [K in keyof Misfits]: Misfits[K] }>();
  return {
    add(violation, outcome, text) {
      const { column, row, kind } = violation;
      if (outcome === "refuse") throw refused(violation, text(violation));
      const key = JSON.stringify([column, kind]);
      const entry = all.get(key);
      if (entry === undefined) all.set(key, { column, kind, outcome, values: 1, firstRow: row });
      else entry.values++;
    },
    entries: () => [...all.values()],
  };
}

function refused({ column, row, kind }: Violation, message: string): MillraceError {
  return new MillraceError({
    code: "DATA_MISFIT",
    message: `${message} (Rows count from 0.)`,
    mend: "Mend the value in the file, or let such values pass, as missing or flagged: --misfits missing, --misfits flag.",
    facts: { column, row, kind },
  });
}

const KINDS: Readonly<Record<Violation["kind"], string>> = {
  absent: "absent",
  type: "of another type",
  range: "outside the range of training",
  category: "not seen in training",
};

/** A line for each column and kind. */
export function misfitText(entries: readonly Misfits[]): string {
  const fate = ({ kind, outcome }: Misfits): string => (outcome === "missing" ? "passed as missing" : kind === "type" ? "flagged, and passed as missing" : "flagged");
  return entries.map((entry) => `  ${entry.column}: ${count(entry.values)} ${entry.values === 1 ? "value" : "values"} ${KINDS[entry.kind]}, ${fate(entry)}; the first in row ${count(entry.firstRow)}\n`).join("");
}

/** A value that is refused, with the line of the file where rows have lines; any other error as it is. */
export async function withLine(error: unknown, source: Source): Promise<unknown> {
  const [partition, ...others] = MillraceError.is(error, "DATA_MISFIT") ? await source.partitions() : [];
  if (!MillraceError.is(error) || partition === undefined || others.length > 0) return error;
  const line = (await source.lines?.(partition, [error.facts["row"] as number]))?.[0] ?? null;
  return line === null ? error : new MillraceError({ code: error.code, message: `${error.message} It stands in line ${line} of ${partition.id}.`, mend: error.mend, facts: { ...error.facts, line } });
}
