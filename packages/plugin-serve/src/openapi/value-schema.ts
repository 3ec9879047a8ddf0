import { widthOf, type Field, type Seen } from "@millrace/core";
import { knownTexts, shown, type Policy } from "../inputs/column-reader.js";

export type JsonSchema = Readonly<Record<string, unknown>>;

export interface ColumnFacts {
  /** What training saw; undefined: nothing is known, or nothing is told. */
  readonly seen: Seen | undefined;
  readonly isMasked: boolean;
  /** What happens to values beyond it; null: as for every column that has none. */
  readonly policy: Policy | null;
}

/** The JSON Schema of a column. What training saw is told as `x-` members, since values outside pass; where a policy refuses them, they are bounds. */
export function valueSchema(field: Field, { seen, isMasked, policy }: ColumnFacts): JsonSchema {
  const { shape, nullable } = field;
  const scalar = scalarSchema(field);
  const one = (shape ?? []).length === 0 ? scalar : { type: "array", items: orNull(scalar, true), minItems: widthOf(field), maxItems: widthOf(field) };
  const bounds = policy === "refuse" && !isMasked ? boundsOf(field, seen) : {};
  return { ...orNull(one, nullable), ...bounds, ...(policy === null ? {} : { "x-policy": policy }), ...(isMasked ? { description: "Personal data: values are masked in errors." } : seenMembers(field, seen)) };
}

/** The same of a column for people and programs alike: ends of ranges as they are written, times as texts. */
export function rangeText(field: Field, end: number): string | number {
  return field.dtype === "timestamp" ? shown(field, end) : Number(shown(field, end));
}

function scalarSchema({ dtype }: Field): JsonSchema {
  switch (dtype) {
    case "string":
      return { type: "string", pattern: "^[^\\u0000]*$" };
    case "bool":
      return { type: "boolean" };
    case "int32":
      return { type: "integer", format: "int32", minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };
    case "int64":
      return { type: "integer", format: "int64", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
    case "uint8":
      return { type: "integer", minimum: 0, maximum: 255 };
    case "timestamp":
      return { type: ["string", "integer"], description: "ISO 8601 text (UTC where it names no zone), or epoch milliseconds." };
    default:
      return { type: "number", format: dtype === "float32" ? "float" : "double" };
  }
}

function orNull(schema: JsonSchema, nullable: boolean): JsonSchema {
  if (!nullable) return schema;
  const { type } = schema;
  return { ...schema, type: [...(Array.isArray(type) ? (type as readonly string[]) : [type as string]), "null"] };
}

/** What the reader of rows refuses to pass. Times may be texts, which no bound of JSON Schema compares. */
function boundsOf(field: Field, seen: Seen | undefined): JsonSchema {
  if (seen === undefined || field.dtype === "bool" || field.dtype === "timestamp" || (field.shape ?? []).length > 0) return {};
  if (seen.kind === "number") return { minimum: rangeText(field, seen.minimum), maximum: rangeText(field, seen.maximum) };
  const known = knownTexts({ field, seen, policy: "refuse", textNumbers: false });
  return known === null ? {} : { enum: [...known, ...(field.nullable ? ["", null] : [])].filter((text, at, all) => all.indexOf(text) === at) };
}

function seenMembers(field: Field, seen: Seen | undefined): JsonSchema {
  if (seen === undefined) return {};
  if (seen.kind === "number") return { "x-seen-minimum": rangeText(field, seen.minimum), "x-seen-maximum": rangeText(field, seen.maximum) };
  return { "x-seen-categories": seen.values };
}
