import { widthOf, type Field, type Json, type Seen } from "@millrace/core";

/** A row made from the schema, never from data: the middle of each range, the first of the categories, nothing of a masked column. */
export function exampleRow(fields: readonly Field[], seen: Readonly<Record<string, Seen>>, masked: ReadonlySet<string>): Record<string, Json> {
  return Object.fromEntries(fields.map((field) => [field.name, exampleValue(field, masked.has(field.name) ? undefined : seen[field.name])]));
}

function exampleValue(field: Field, seen: Seen | undefined): Json {
  const scalar = exampleScalar(field, seen);
  return (field.shape ?? []).length === 0 ? scalar : Array.from({ length: widthOf(field) }, () => scalar);
}

function exampleScalar({ dtype }: Field, seen: Seen | undefined): Json {
  if (dtype === "string") return (seen?.kind === "text" ? seen.values.find((text) => text !== "") : undefined) ?? "text";
  if (dtype === "bool") return true;
  const middle = seen?.kind === "number" ? (seen.minimum + seen.maximum) / 2 : 0;
  if (dtype === "timestamp") return new Date(Math.round(seen === undefined ? Date.UTC(2024, 0, 1) : middle)).toISOString();
  if (dtype === "float32" || dtype === "float64") return Number(middle.toPrecision(6));
  return Math.round(middle);
}
