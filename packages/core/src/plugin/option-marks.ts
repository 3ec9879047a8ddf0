import type { Json } from "../contracts/json.js";
import type { Schema } from "../contracts/schema.js";
import { alternatives, memberSchemas, optionSchema, type OptionSchema } from "./option-schema.js";

export type Mark = "secret" | "location";

function without(value: Json, schemas: readonly OptionSchema[], root: OptionSchema, marks: readonly Mark[]): Json {
  if (Array.isArray(value)) return value.map((item, index) => without(item as Json, memberSchemas(schemas, index, root), root, marks));
  if (typeof value !== "object" || value === null) return value;
  const kept: Record<string, Json> = {};
  for (const [key, member] of Object.entries(value)) {
    const inner = memberSchemas(schemas, key, root);
    if (!inner.some((schema) => marks.some((mark) => schema[mark] === true))) kept[key] = without(member, inner, root, marks);
  }
  return kept;
}

/** Options without those that carry one of the marks: what may stand in a key (neither), or in a log (no secret). */
export function withoutMarked(schema: Schema, options: Json, marks: readonly Mark[]): Json {
  const root = optionSchema(schema);
  return without(options, alternatives(root, root), root, marks);
}

/** Maps the text at every secret place; all else stays. */
export function mapSecrets(schema: Schema, options: Json, map: (text: string) => string): Json {
  const root = optionSchema(schema);
  const walk = (value: Json, schemas: readonly OptionSchema[], secret: boolean): Json => {
    const marked = secret || schemas.some((one) => one.secret === true);
    if (typeof value === "string") return marked ? map(value) : value;
    if (Array.isArray(value)) return value.map((item, index) => walk(item as Json, memberSchemas(schemas, index, root), marked));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, walk(member as Json, memberSchemas(schemas, key, root), marked)]));
  };
  return walk(options, alternatives(root, root), false);
}

/** The texts at places that carry a mark, with their paths; what has another shape than its schema is passed over. */
export function markedTexts(schema: Schema, options: unknown, mark: "module" | "column"): readonly (readonly [path: readonly (string | number)[], text: string])[] {
  const root = optionSchema(schema);
  const walk = (value: unknown, schemas: readonly OptionSchema[], path: readonly (string | number)[]): ReturnType<typeof markedTexts> => {
    if (typeof value === "string") return schemas.some((one) => one[mark] === true) ? [[path, value]] : [];
    if (typeof value !== "object" || value === null) return [];
    const members: readonly (readonly [string | number, unknown])[] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    return members.flatMap(([key, member]) => walk(member, memberSchemas(schemas, key, root), [...path, key]));
  };
  return walk(options, alternatives(root, root), []);
}
