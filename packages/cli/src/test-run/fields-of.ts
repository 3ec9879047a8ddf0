import { field, type DType, type Field, type Json, type Row } from "@millrace/core";

/** ISO 8601 days and times: what JSON has in place of timestamps, and what the `json` source takes for such. */
const TIME = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** The columns of JSON rows, in the order in which they first occur, each of the one type that all its values have. */
export function fieldsOf(rows: readonly Row[]): readonly Field[] {
  const values = new Map<string, Json[]>();
  for (const row of rows)
    for (const [name, value = null] of Object.entries(row)) {
      const known = values.get(name) ?? [];
      if (value !== null) known.push(value);
      values.set(name, known);
    }
  return [...values].map(([name, known]) => fieldOf(name, known));
}

function fieldOf(name: string, known: readonly Json[]): Field {
  const [first] = known;
  if (Array.isArray(first)) return field(name, "float64", { shape: [first.length] });
  return field(name, typeOf(known));
}

function typeOf(known: readonly Json[]): DType {
  const isAll = (of: (value: Json) => boolean): boolean => known.length > 0 && known.every(of);
  if (isAll((value) => typeof value === "number")) return "float64";
  if (isAll((value) => typeof value === "boolean")) return "bool";
  return isAll((value) => typeof value === "string" && TIME.test(value)) ? "timestamp" : "string";
}
