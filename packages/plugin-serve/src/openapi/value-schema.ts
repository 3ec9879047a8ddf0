import { widthOf, type Field, type Seen } from "@millrace/core";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON Schema of a column. What training saw is told as `x-` members: values outside pass, unless a policy says otherwise. */
export function valueSchema(field: Field, seen: Seen | undefined, isMasked: boolean): JsonSchema {
  const { shape, nullable } = field;
  const scalar = scalarSchema(field);
  const one = (shape ?? []).length === 0 ? scalar : { type: "array", items: orNull(scalar, true), minItems: widthOf(field), maxItems: widthOf(field) };
  return { ...orNull(one, nullable), ...(isMasked ? { description: "Personal data: values are masked in errors." } : seenMembers(seen)) };
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

function seenMembers(seen: Seen | undefined): JsonSchema {
  if (seen === undefined) return {};
  if (seen.kind === "number") return { "x-seen-minimum": seen.minimum, "x-seen-maximum": seen.maximum };
  return { "x-seen-categories": seen.values };
}
