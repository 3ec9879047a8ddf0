import { seeded, widthOf, type Field, type Json, type Seen } from "@millrace/core";

/** Rows within what training saw, the same for the same model: as those that a server meets, and made from the schema, never from data. */
export function sampleRows(inputs: readonly Field[], seen: Readonly<Record<string, Seen>>, count: number): readonly Record<string, Json>[] {
  const random = seeded("capacity");
  return Array.from({ length: count }, () => Object.fromEntries(inputs.map((field) => [field.name, valueOf(field, seen[field.name], random)])));
}

function valueOf(field: Field, seen: Seen | undefined, random: () => number): Json {
  if ((field.shape ?? []).length > 0) return Array.from({ length: widthOf(field) }, () => scalarOf(field, seen, random));
  return scalarOf(field, seen, random);
}

function scalarOf({ dtype }: Field, seen: Seen | undefined, random: () => number): Json {
  if (dtype === "string") return seen?.kind === "text" && seen.values.length > 0 ? seen.values[Math.floor(random() * seen.values.length)]! : "text";
  const { minimum, maximum } = seen?.kind === "number" ? seen : { minimum: 0, maximum: 1 };
  const value = minimum + random() * (maximum - minimum);
  if (dtype === "bool") return value > (minimum + maximum) / 2;
  if (dtype === "timestamp") return new Date(Math.round(value)).toISOString();
  return dtype === "float32" || dtype === "float64" ? Number(value.toPrecision(7)) : Math.round(value);
}
