import type { Json } from "../contracts/json.js";
import type { Schema } from "../contracts/schema.js";

/** The part of JSON Schema that is read here. */
export interface OptionSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, OptionSchema>>;
  readonly additionalProperties?: boolean | OptionSchema;
  readonly required?: readonly string[];
  readonly items?: OptionSchema | boolean;
  readonly prefixItems?: readonly OptionSchema[];
  readonly anyOf?: readonly OptionSchema[];
  readonly oneOf?: readonly OptionSchema[];
  readonly allOf?: readonly OptionSchema[];
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly default?: Json;
  readonly description?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, OptionSchema>>;
  /** Marks of ours: the value stays a reference until `create` | is in no key | is a file, relative to the config, whose code is in the key | is the name of a column of the data. */
  readonly secret?: boolean;
  readonly location?: boolean;
  readonly module?: boolean;
  readonly column?: boolean;
}

const known = new WeakMap<object, OptionSchema>();

/** The JSON Schema of what a user writes, by its schema; computed once. Empty where the schema has none. */
export function optionSchema(schema: Schema): OptionSchema {
  const found = known.get(schema);
  if (found !== undefined) return found;
  const made = schema["~standard"].jsonSchema.input({ target: "draft-2020-12" }) as OptionSchema;
  known.set(schema, made);
  return made;
}

/** The schemas that a value may satisfy here: unions and references opened. */
export function alternatives(schema: OptionSchema, root: OptionSchema): readonly OptionSchema[] {
  if (schema.$ref !== undefined) {
    const target = schema.$ref === "#" ? root : root.$defs?.[schema.$ref.replace("#/$defs/", "")];
    return target === undefined ? [] : alternatives({ ...target, ...marksOf(schema) }, root);
  }
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const { description } = schema;
  return inner.length === 0 ? [schema] : inner.flatMap((one) => alternatives({ ...(description === undefined ? {} : { description }), ...one, ...marksOf(schema) }, root));
}

function marksOf(schema: OptionSchema): Pick<OptionSchema, "secret" | "location"> {
  return { ...(schema.secret ? { secret: true } : {}), ...(schema.location ? { location: true } : {}) };
}

/** The schemas of one member of an object or array. */
export function memberSchemas(schemas: readonly OptionSchema[], key: string | number, root: OptionSchema): readonly OptionSchema[] {
  return schemas.flatMap((schema) => {
    if (typeof key === "number") {
      const item = schema.prefixItems?.[key] ?? schema.items;
      return typeof item === "object" ? alternatives({ ...item, ...marksOf(schema) }, root) : [];
    }
    const member = schema.properties?.[key] ?? schema.additionalProperties;
    return typeof member === "object" ? alternatives({ ...member, ...marksOf(schema) }, root) : [];
  });
}

/** The schemas at a path below a root. */
export function schemasAt(root: OptionSchema, path: readonly (string | number)[]): readonly OptionSchema[] {
  return path.reduce((schemas, key) => memberSchemas(schemas, key, root), alternatives(root, root));
}

/** The keys that an object may have here; empty where it is open or no object. */
export function allowedKeys(schemas: readonly OptionSchema[]): readonly string[] {
  return [...new Set(schemas.flatMap((schema) => Object.keys(schema.properties ?? {})))];
}

const WORDS: Readonly<Record<string, string>> = { string: "text", number: "a number", integer: "a whole number", boolean: "true or false", array: "a list", object: "an object" };

/** A few words that say what may stand here: `"a" or "b"`, `a number`, `a list`. */
export function describeAllowed(schemas: readonly OptionSchema[]): string {
  const words = schemas.flatMap((schema) => {
    if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one));
    if (schema.const !== undefined) return [JSON.stringify(schema.const)];
    const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? []);
    return types.map((type) => WORDS[type] ?? type);
  });
  return [...new Set(words)].join(" or ");
}
