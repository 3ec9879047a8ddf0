import type { Json } from "../contracts/json.js";
import type { Kind } from "../contracts/kind.js";
import { extensionSchema } from "../plugin/extension-schema.js";
import { optionSchema, type OptionSchema } from "../plugin/option-schema.js";
import type { Registry } from "../plugin/registry.js";
import type { DefaultUses } from "./defaults.js";
import { mapSchemasOfUses } from "./places.js";
import { configSchema } from "./schema.js";
import { SPLIT_RULES } from "./split-schema.js";

type Schema = OptionSchema & { readonly [keyword: string]: unknown };

const REFERENCE: Schema = { type: "string", pattern: "\\$\\{(env|file):[^}]+\\}", description: "A value of the environment or of a file: ${env:NAME}, ${env:NAME:-default}, ${file:path}." };
const TEXT_FILE: Schema = { type: "object", properties: { file: { type: "string", description: "A relative path." } }, required: ["file"], additionalProperties: false, description: "The text of a file." };

/** What is read before all else, and by editors. */
const PREAMBLE_SCHEMAS: Readonly<Record<string, Schema>> = {
  $schema: { type: "string", description: "This schema, for editors." },
  plugins: { type: "array", items: { type: "string" }, description: "Plugins beside the embedded ones: packages or relative files." },
  extends: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }], description: "Configs that this one lies over: relative files or packages." },
  defaults: { type: "boolean", description: "false: without the embedded plugins." },
};

/** The JSON Schema (2020-12) of a config file in YAML or JSON: names and options are those of the plugins at hand. `uses`: what may be left out, since it has a default. */
export function configJsonSchema(registry: Registry, uses: DefaultUses | null): Json {
  const known = optionSchema(configSchema) as Schema;
  const defs: Record<string, Schema> = { ...(known.$defs as Readonly<Record<string, Schema>> | undefined) };
  const named = mapSchemasOfUses(known, (kind, place) => useSchemaOf(kind, place as Schema, registry, defs)) as Schema;
  const { $schema, $defs: _, ...root } = mayBeLeftOut(named, uses);
  const { properties, ...whole } = written(root) as Schema;
  const $defs = Object.fromEntries(Object.entries(defs).map(([name, schema]) => [name, written(schema)]));
  return withoutUndefined({ $schema, title: "Millrace config", ...whole, properties: { ...PREAMBLE_SCHEMAS, ...properties }, $defs }) as Json;
}

function withoutUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

/** A `{ use, with }` by the extensions of its kind. */
function useSchemaOf(kind: Kind | "split", place: Schema, registry: Registry, defs: Record<string, Schema>): Schema {
  const alternatives = kind === "split" ? Object.entries(SPLIT_RULES).map(([name, options]) => ({ name, summary: "", own: optionSchema(options) })) : registry.list().flatMap((one) => (one.extension.kind === kind ? [{ name: one.extension.name as string, summary: one.extension.summary, own: extensionSchema(one) }] : []));
  return {
    description: place.description,
    anyOf: alternatives.flatMap(({ name, summary, own: known }) => {
      const id = `${kind}.${name}`;
      const own = known as Schema;
      Object.assign(defs, definitions(own, id));
      const needsOptions = (own.required ?? []).length > 0;
      const required = [...(place.required ?? []), ...(needsOptions ? ["with"] : [])];
      const use = { const: name, ...(summary === "" ? {} : { description: summary }) };
      const whole = { type: "object", properties: { ...place.properties, use, with: { $ref: `#/$defs/${id}` } }, required, additionalProperties: false };
      return required.length === 1 ? [use, whole] : [whole];
    }),
  } as Schema;
}

/** A schema and its own definitions as definitions of another, which they find by their new names. */
function definitions({ $schema: _, $defs = {}, ...schema }: Schema, id: string): Readonly<Record<string, Schema>> {
  const moved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(moved);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, key === "$ref" && typeof member === "string" ? member.replace(/^#(?:\/\$defs\/(.*))?$/, (_, name?: string) => `#/$defs/${id}${name === undefined ? "" : `.${name}`}`) : moved(member)]));
  };
  return Object.fromEntries([[id, schema] as const, ...Object.entries($defs).map(([name, one]) => [`${id}.${name}`, one] as const)].map(([name, one]) => [name, moved(one) as Schema]));
}

/** What has a default without a word in the config is not required. */
function mayBeLeftOut(root: Schema, uses: DefaultUses | null): Schema {
  const models = root.properties!["models"]!;
  const model = models.additionalProperties as Schema;
  const split = { ...model, required: model.required?.filter((key) => key !== "split") };
  return { ...root, required: root.required?.filter((key) => uses === null || !Object.hasOwn(uses, key)), properties: { ...root.properties, models: { ...models, additionalProperties: split } } } as Schema;
}

/** What a file may say where a value is meant: a reference for any of them, a file's text for any text. Our marks are no keywords of JSON Schema. */
function written(schema: OptionSchema | boolean): OptionSchema | boolean {
  if (typeof schema === "boolean") return schema;
  const { secret: _, location: __, ...rest } = schema as Schema;
  if (schema.secret === true) return { ...REFERENCE, description: `${schema.description ?? ""} A secret: ${REFERENCE.description}`.trim() };
  const list = (schemas: readonly OptionSchema[] | undefined): OptionSchema[] | undefined => schemas?.map((one) => written(one) as OptionSchema);
  const inner = withoutUndefined({
    ...rest,
    properties: schema.properties && Object.fromEntries(Object.entries(schema.properties).map(([key, member]) => [key, written(member)])),
    additionalProperties: schema.additionalProperties === undefined ? undefined : written(schema.additionalProperties),
    items: schema.items === undefined ? undefined : written(schema.items),
    prefixItems: list(schema.prefixItems), anyOf: list(schema.anyOf), oneOf: list(schema.oneOf), allOf: list(schema.allOf),
  }) as Schema;
  const isOneValue = ["string", "number", "integer", "boolean"].includes(String(schema.type)) && schema.const === undefined;
  if (!isOneValue) return inner;
  const { description, default: fallback, ...value } = inner;
  const isFreeText = schema.type === "string" && schema.enum === undefined;
  return { ...(description === undefined ? {} : { description }), ...(fallback === undefined ? {} : { default: fallback }), anyOf: [value, REFERENCE, ...(isFreeText ? [TEXT_FILE] : [])] };
}
