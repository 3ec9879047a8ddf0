import type { ArgsDef } from "citty";
import type { Json } from "@millrace/core";
import { createExtension, createEngine, extensionSchema, type LoadedConfig, type OptionSchema } from "@millrace/core/engine";
import type { Call, CommandSpec, ListSpec } from "./command-spec.js";
import { interruption } from "./interruption.js";
import { createLog } from "./log.js";

/** Command-line options of a schema: `maxRows` becomes `--maxRows`. */
function argsOf({ properties = {} }: OptionSchema): { readonly args: ArgsDef; readonly lists: Readonly<Record<string, ListSpec>> } {
  const entries = Object.entries(properties);
  const isList = ([, { type }]: readonly [string, OptionSchema]) => type === "array";
  const about = (schema: OptionSchema) => ({ description: schema.description ?? "", valueHint: typeof schema.type === "string" ? schema.type : "value" });
  return {
    args: Object.fromEntries(entries.filter((entry) => !isList(entry)).map(([name, schema]) => [name, { type: schema.type === "boolean" ? ("boolean" as const) : ("string" as const), ...about(schema) }])),
    lists: Object.fromEntries(entries.filter(isList).map(([name, schema]) => [name, about(schema)])),
  };
}

/** What was given on the command line, typed as the schema says. */
function optionsOf({ properties = {} }: OptionSchema, call: Call): Json {
  const given = Object.entries(properties).flatMap(([name, { type }]): readonly (readonly [string, Json])[] => {
    if (type === "array") return call.list(name).length === 0 ? [] : [[name, call.list(name)]];
    const value = call.args[name] as string | boolean | undefined;
    if (value === undefined) return [];
    return [[name, type === "number" || type === "integer" ? Number(value) : value]];
  });
  return Object.fromEntries(given);
}

/** A command that a plugin of the project brings; null where none does. */
export function pluginCommand(name: string, loaded: LoadedConfig): CommandSpec | null {
  const found = loaded.registry.find("command", name);
  if (found === null) return null;
  const schema = extensionSchema(found);
  return {
    summary: found.extension.summary,
    examples: [[`millrace ${name}`, `of plugin ${found.plugin.name as string}`]],
    ...argsOf(schema),
    async run(call) {
      using interrupted = interruption(call.terminal);
      await using engine = await createEngine({ ...loaded, log: createLog(call.terminal, call.args.debug === true) });
      const options = optionsOf(schema, call);
      const command = await createExtension(engine.registry, { kind: "command", name, with: options }, engine.context);
      return command.run(options, engine, interrupted.signal);
    },
  };
}
