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

/** The columns of a frame beside those of its predictions; a prediction takes the place of a column of its name. */
export function beside(frame: Frame, predicted: Frame): Frame {
  const taken = new Set(predicted.fields.map(({ name }) => name));
  const kept = frame.fields.filter(({ name }) => !taken.has(name));
  const fields = [...kept, ...predicted.fields];
  return createFrame(fields, [...kept.map(({ name }) => frame.column(name)), ...predicted.fields.map(({ name }) => predicted.column(name))], frame.length);
}
