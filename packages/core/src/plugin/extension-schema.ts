import type { Schema } from "../contracts/schema.js";
import { MillraceError } from "../errors/millrace-error.js";
import { optionSchema, type OptionSchema } from "./option-schema.js";
import type { Registered } from "./registry.js";

/** The JSON Schema of an extension's options. Throws PLUGIN_SCHEMA where they are no schema, or hold what JSON has no form for. */
export function extensionSchema({ extension, plugin }: Registered): OptionSchema {
  try {
    return optionSchema(extension.options);
  } catch (cause) {
    const { kind, name, options } = extension as { readonly kind: string; readonly name: string; readonly options: Schema };
    const whose = `the ${kind} "${name}" (plugin "${plugin.name as string}")`;
    const url = plugin.url;
    const facts = { plugin: plugin.name, kind, name, url };
    if (!isSchema(options))
      throw new MillraceError({ code: "PLUGIN_SCHEMA", message: `The options of ${whose} are no schema.`, mend: `Give a zod object, or z.strictObject({}) for none, as its "options" in ${url}.`, cause, facts });
    const keys = unwritable(options);
    const which = keys.length === 0 ? "" : ` in ${keys.map((key) => `"${key}"`).join(", ")}`;
    throw new MillraceError({
      code: "PLUGIN_SCHEMA",
      message: `The options of ${whose} hold${which} what JSON has no form for: ${cause instanceof Error ? cause.message : String(cause)}.`,
      mend: `Options are data: take a text, a number, true or false, a list or an object there (for a time, z.iso.datetime()), in ${url}.`,
      cause,
      facts: { ...facts, options: keys },
    });
  }
}

function isSchema(options: Schema | undefined): boolean {
  return typeof options?.["~standard"]?.jsonSchema?.input === "function";
}

/** The keys whose own schemas have no JSON form, with those above them: an object of zod tells its members as `shape`. */
function unwritable(schema: Schema): readonly string[] {
  const { shape } = schema as Schema & { readonly shape?: Readonly<Record<string, Schema>> };
  if (shape === undefined) return [];
  return Object.entries(shape).flatMap(([key, member]) => {
    try {
      optionSchema(member);
      return [];
    } catch {
      const inner = unwritable(member);
      return inner.length === 0 ? [key] : inner.map((name) => `${key}.${name}`);
    }
  });
}
