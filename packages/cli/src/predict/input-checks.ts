import { createFrame, field, textColumn, type Frame } from "@millrace/core";
import type { Policy, ReadFrame, Violation } from "@millrace/plugin-serve";
import type { MisfitLedger } from "./misfit-ledger.js";

/** What the model gets for rows of a file, and what is said of them in a column of their own; null: nothing is. */
export interface CheckedRows {
  readonly inputs: Frame;
  readonly flags: Frame | null;
}

export type CheckRows = (rows: Frame, firstRow: number) => CheckedRows;

export interface CheckParts {
  readonly read: ReadFrame;
  readonly ledger: MisfitLedger;
  /** A sentence on a value, fit for all to see. */
  readonly text: (violation: Violation) => string;
  /** Name of the column of flags; null: none. */
  readonly flags: string | null;
}

/** Reads rows as the server reads requests; the ledger is told of what did not fit. Throws what it throws. */
export function checkRows({ read, ledger, text, flags }: CheckParts): CheckRows {
  return (rows, firstRow) => {
    const said: string[] = Array.from({ length: flags === null ? 0 : rows.length }, () => "");
    const inputs = read(rows, (violation, outcome) => {
      ledger.add({ ...violation, row: firstRow + violation.row }, outcome, text);
      if (flags !== null) said[violation.row] += `${said[violation.row] === "" ? "" : ", "}${violation.column} ${violation.kind}`;
    });
    return { inputs, flags: flags === null ? null : createFrame([field(flags, "string")], [textColumn(said, flags)], rows.length) };
  };
}

/** What happens to a value that does not fit, by column: the server's policy for it, else the one for all; null: as a server does where nobody said a word. */
export function policyOf(byColumn: Readonly<Record<string, Policy>>, forAll: Policy | null): (column: string) => Policy | null {
  return (column) => (Object.hasOwn(byColumn, column) ? byColumn[column]! : forAll);
}
