import type { Kind } from "../contracts/kind.js";
import type { Kinds } from "../contracts/kinds.js";
import type { Plugin, PluginContext } from "../contracts/plugin.js";
import type { Use } from "../contracts/resolved.js";
import { explained } from "../errors/explained.js";
import { MillraceError } from "../errors/millrace-error.js";
import { CORE } from "./core-name.js";
import { extensionSchema } from "./extension-schema.js";
import { guarded } from "./guarded.js";
import { mapSecrets } from "./option-marks.js";
import type { Registry } from "./registry.js";
import { revealSecret } from "./secrets.js";

/**
 * Creates an extension for use: secret references become their values here and nowhere else, and the options are parsed.
 * Throws PLUGIN_UNKNOWN_NAME, PLUGIN_SCHEMA, PLUGIN_OPTIONS, CONFIG_ENV_MISSING, CONFIG_FILE_MISSING, and what `create` throws: PLUGIN_CREATE where that has no code.
 * What it gives throws PLUGIN_FAILED where the plugin throws an error that has no code.
 */
export async function createExtension<K extends Kind>(registry: Registry, use: Use<K>, context: PluginContext): Promise<Kinds[K]> {
  const found = registry.get(use.kind, use.name);
  const { extension, plugin } = found;
  extensionSchema(found);
  const scope = registry.scope(context.folder);
  const options = mapSecrets(extension.options, use.with, (text) => revealSecret(text, scope));
  const parsed = await extension.options["~standard"].validate(options);
  if (parsed.issues !== undefined) {
    // Values stay out of the message: they may be secrets.
    const list = parsed.issues.map((issue: { readonly message: string; readonly path?: readonly unknown[] }) => `${(issue.path ?? []).map(String).join(".")}: ${issue.message}`);
    throw new MillraceError({
      code: "PLUGIN_OPTIONS",
      message: `The options of ${use.kind} "${use.name}" (plugin "${plugin.name}") are wrong: ${list.join("; ")}`,
      mend: `Mend "with" of ${use.kind} "${use.name}". Run: millrace plugins ${use.name}`,
      facts: { kind: use.kind, name: use.name, plugin: plugin.name, issues: list },
    });
  }
  try {
    const made = (await extension.create(parsed.value, context)) as Kinds[K];
    if (typeof made !== "object" || made === null) throw new TypeError(`create() gave ${made === null ? "null" : typeof made}, which is no ${use.kind}.`);
    return plugin.name === CORE ? made : guarded(made, use, plugin);
  } catch (error) {
    throw createFailure(error, use, plugin);
  }
}

/** An error without a code, with whose it is and what was to be created. */
function createFailure(error: unknown, { kind, name }: Use, plugin: Plugin): unknown {
  const known = explained(error);
  if (MillraceError.is(known)) return known;
  return new MillraceError({
    code: "PLUGIN_CREATE",
    message: `The ${kind} "${name}" (plugin "${plugin.name as string}") could not be created: ${error instanceof Error ? error.message : String(error)}`,
    mend: `Mend the create() of ${kind} "${name}" in ${plugin.url}, or its "with" in the config; --debug shows the stack.`,
    cause: error,
    facts: { kind, name, plugin: plugin.name, url: plugin.url },
  });
}
