import { MillraceError, suggest, valueAt, widthOf, type Column, type Field, type Frame } from "@millrace/core";
import { jsonNumber, type NumberPolicy } from "../json-number.js";

/** Writes rows [from, to) of a frame of outputs as a JSON array of objects. */
export type WriteRows = (outputs: Frame, from: number, to: number) => string;

type WriteCell = (column: Column, row: number) => string;

/** Of these outputs (null: all), in the order of the model. Throws SERVE_OUTPUT for a name that the model does not give. */
export function rowWriter(fields: readonly Field[], names: readonly string[] | null, policy: NumberPolicy): WriteRows {
  const unknown = names?.find((name) => !fields.some((field) => field.name === name));
  if (unknown !== undefined) throw new MillraceError({ code: "SERVE_OUTPUT", message: `The model has no output "${unknown.slice(0, 100)}".`, mend: suggest(unknown.slice(0, 100), fields.map(({ name }) => name)) });
  const chosen = fields.filter(({ name }) => names === null || names.includes(name));
  const cells = chosen.map((field) => cellWriter(field, policy));
  const heads = chosen.map(({ name }, at) => `${at === 0 ? "{" : ","}${JSON.stringify(name)}:`);
  return (outputs, from, to) => {
    const columns = chosen.map(({ name }) => outputs.column(name));
    let text = "[";
    for (let row = from; row < to; row++) {
      text += row === from ? "" : ",";
      for (let at = 0; at < columns.length; at++) text += heads[at]! + cells[at]!(columns[at]!, row);
      text += columns.length === 0 ? "{}" : "}";
    }
    return `${text}]`;
  };
}

function cellWriter(field: Field, policy: NumberPolicy): WriteCell {
  const { dtype } = field;
  const width = widthOf(field);
  if ((field.shape ?? []).length > 0) return (column, row) => vector(column as Floats, row, width, policy);
  if (dtype === "float32" || dtype === "float64") return (column, row) => number((column as Floats).values[row]!, policy);
  return (column, row) => JSON.stringify(valueAt(column, row));
}

type Floats = Extract<Column, { dtype: "float32" }>;

/** The number that was written last: a score is one of the probabilities before it. */
const last = { value: 1, text: "1" };

/** NaN is a missing value, whatever the policy. */
function number(value: number, policy: NumberPolicy): string {
  if (value === last.value && value !== 0) return last.text;
  if (value !== value || !Number.isFinite(value)) return value === value ? jsonNumber(value, policy) : "null";
  last.text = jsonNumber(value, policy);
  last.value = value;
  return last.text;
}

function vector({ values }: Floats, row: number, width: number, policy: NumberPolicy): string {
  let text = "[";
  for (let at = row * width; at < (row + 1) * width; at++) text += (at === row * width ? "" : ",") + number(values[at]!, policy);
  return `${text}]`;
}
