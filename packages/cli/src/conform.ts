import { createFrame, fromRows, MillraceError, select, suggest, toRows, type Field, type Frame } from "@millrace/core";

/** The columns of a frame that a model takes, in its order and types; one of another type goes through the reader of JSON rows. Throws DATA_NO_COLUMN and FRAME_VALUE. */
export function conform(frame: Frame, inputs: readonly Field[]): Frame {
  const columns = inputs.map((field) => {
    const found = frame.fields.find(({ name }) => name === field.name);
    if (found === undefined) throw noColumn(field.name, frame.fields.map(({ name }) => name));
    if (found.dtype === field.dtype) return frame.column(field.name);
    return fromRows([field], toRows(select(frame, [field.name]))).column(field.name);
  });
  return createFrame(inputs, columns, frame.length);
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
