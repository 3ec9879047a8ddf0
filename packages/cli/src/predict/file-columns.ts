import { createFrame, MillraceError, suggest, type Field, type Frame } from "@millrace/core";

/** Throws DATA_NO_COLUMN where a file lacks a column that a model takes. */
export function requireColumns(fields: readonly Field[], inputs: readonly Field[]): void {
  const names = new Set(fields.map(({ name }) => name));
  const absent = inputs.find(({ name }) => !names.has(name));
  if (absent !== undefined) throw noColumn(absent.name, [...names]);
}

function noColumn(name: string, names: readonly string[]): MillraceError {
  return new MillraceError({ code: "DATA_NO_COLUMN", message: `The file has no column "${name}", which the model takes.`, mend: `${suggest(name, names)} An input may be empty, but its column must be there.`, facts: { column: name } });
}

/** The columns of a frame beside those of its predictions, whose names get a prefix. Throws USAGE_COLUMNS where the frame has a column of such a name: nothing of the user's is written over. */
export function beside(frame: Frame, predicted: Frame, prefix: string): Frame {
  const fields = predicted.fields.map((field) => ({ ...field, name: `${prefix}${field.name}` }));
  const names = new Set(frame.fields.map(({ name }) => name));
  const taken = fields.filter(({ name }) => names.has(name)).map(({ name }) => name);
  if (taken.length > 0) throw columnsTaken(taken, prefix);
  const columns = [...frame.fields.map(({ name }) => frame.column(name)), ...predicted.fields.map(({ name }) => predicted.column(name))];
  return createFrame([...frame.fields, ...fields], columns, frame.length);
}

function columnsTaken(taken: readonly string[], prefix: string): MillraceError {
  return new MillraceError({
    code: "USAGE_COLUMNS",
    message: `The file has columns that the predictions would write over: ${taken.map((name) => `"${name}"`).join(", ")}.`,
    mend: `Give the predictions other names, for example: --prefix ${prefix}predicted_`,
    facts: { columns: taken },
  });
}
