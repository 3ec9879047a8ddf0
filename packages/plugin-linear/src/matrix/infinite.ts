import { MillraceError } from "@millrace/core";

export function infinite(column: string, row: number, value: number): MillraceError {
  return new MillraceError({
    code: "DATA_INFINITE",
    message: `Feature "${column}" is ${value} in training row ${row}; a linear model needs finite numbers.`,
    mend: `Put a "clip" transform on "${column}" before the trainer, or make the value missing in the source.`,
    facts: { column, row },
  });
}
