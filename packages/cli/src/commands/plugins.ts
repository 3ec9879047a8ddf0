import { MillraceError, suggest, type Json } from "@millrace/core";
import { extensionSchema, type OptionSchema, type Registered } from "@millrace/core/engine";
import { defineSpec } from "../command-spec.js";
import { EXIT } from "../exit-code.js";
import { jsonLine } from "../print/json.js";
import { styled } from "../print/style.js";
import { table } from "../print/table.js";
import { registryOf } from "../registry-of.js";

function typeOf(schema: OptionSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const inner = schema.anyOf ?? schema.oneOf;
  if (inner !== undefined) return [...new Set(inner.map(typeOf))].join(" | ");
  if (schema.type === "array") return `list of ${typeof schema.items === "object" ? typeOf(schema.items) : "anything"}`;
  if (schema.type === "object" && typeof schema.additionalProperties === "object") return `{ name: ${typeOf(schema.additionalProperties)} }`;
  const type = Array.isArray(schema.type) ? schema.type.join(" | ") : (schema.type as string | undefined);
  return type === "string" ? "text" : (type ?? "anything");
}

interface Option {
  readonly name: string;
  readonly type: string;
  readonly default: Json | undefined;
  readonly isRequired: boolean;
  readonly mark: "secret" | "location" | null;
  readonly description: string;
}

function optionsOf(registered: Registered): readonly Option[] {
  const schema = extensionSchema(registered);
  return Object.entries(schema.properties ?? {}).map(([name, option]) => ({
    name,
    type: typeOf(option),
    default: option.default,
    isRequired: schema.required?.includes(name) ?? false,
    mark: option.secret === true ? "secret" : option.location === true ? "location" : null,
    description: option.description ?? "",
  }));
}

function described(one: Registered) {
  return { kind: one.extension.kind as string, name: one.extension.name as string, summary: one.extension.summary, plugin: one.plugin.name as string, version: one.plugin.version, options: optionsOf(one) };
}

function listText(all: readonly Registered[]): string {
  return table([{ title: "kind" }, { title: "name" }, { title: "plugin" }, { title: "what it is" }], all.map(({ extension, plugin }) => [extension.kind, extension.name, plugin.name, extension.summary]));
}

function showText(one: Registered): string {
  const { kind, name, summary, plugin, version, options } = described(one);
  const rows = options.map((option) => {
    const byDefault = option.default === undefined ? "" : JSON.stringify(option.default);
    return [option.name, option.type, option.isRequired ? styled("yellow", "required") : byDefault, option.mark === null ? option.description : `${option.description} (${option.mark})`];
  });
  const head = `${styled("bold", `${kind} ${name}`)} of ${plugin} ${version}\n${summary}\n`;
  if (rows.length === 0) return `${head}\nIt has no options.\n`;
  return `${head}\n${table([{ title: "option" }, { title: "type" }, { title: "default" }, { title: "meaning" }], rows)}`;
}

export default defineSpec({
  summary: "Lists what the plugins bring, or shows the options of one thing.",
  examples: [
    ["millrace plugins", "everything that `use` can name"],
    ["millrace plugins logistic", "its options, with defaults"],
    ["millrace plugins trainer", "everything of one kind"],
  ],
  args: { name: { type: "positional", required: false, description: "A name or a kind. Default: everything.", valueHint: "name" } },
  async run(call) {
    const { args, terminal } = call;
    const all = (await registryOf(call)).list();
    const { name } = args;
    const found = name === undefined ? all : all.filter(({ extension }) => extension.name === name || extension.kind === name);
    if (found.length === 0) throw new MillraceError({ code: "USAGE_NAME", message: `No plugin brings "${name}".`, mend: suggest(name!, all.map(({ extension }) => extension.name as string)) });
    if (args.json) terminal.out(found.map((one) => jsonLine(described(one))).join(""));
    else terminal.out(name === undefined || found.some(({ extension }) => extension.name !== name) ? listText(found) : found.map(showText).join("\n"));
    return EXIT.ok;
  },
});
