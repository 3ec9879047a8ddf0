import { configSchema } from "../../packages/core/dist/config/schema.js";
import { SPLIT_RULES } from "../../packages/core/dist/config/split-schema.js";
import { optionSchema } from "../../packages/core/dist/plugin/option-schema.js";
import { defaultUses } from "../../packages/cli/dist/defaults.js";
import { code } from "./markdown.mjs";
import { membersTable } from "./schema.mjs";

/** Keys that are done before the schema sees the file. */
const PREAMBLE = [
  ["`plugins`", "`list of plugin | text`", "`[]`", "Plugins beside the preset: what a factory returns, or the name of a package or a relative file whose default export is one."],
  ["`defaults`", "`boolean`", "`true`", "The preset of embedded plugins; false: only what `plugins` names."],
  ["`extends`", "`text | list of text`", "", "Configs that this one lies over, the first undermost: relative files or packages."],
  ["`$schema`", "`text`", "", "The schema for editors, in JSON; nothing else reads it."],
];

/** A section per object of the file. */
export function configText() {
  const config = optionSchema(configSchema);
  const model = config.properties.models.additionalProperties;
  const { columns, evaluate, register, features, after } = model.properties;
  const places = Object.fromEntries(["store", "artifacts", "executor", "runtime"].map((place) => [place, code(defaultUses[place])]));
  const sections = [
    ["The file", membersTable(config, { defaults: places, more: PREAMBLE })],
    ["`limits`", membersTable(config.properties.limits)],
    ["`retention`", membersTable(config.properties.retention)],
    ...serverSections(config.properties.server),
    ["A model", membersTable(model, { defaults: { split: "`time` with `columns.time`, else `random`", check: `${defaultUses.checks.map(code).join(", ")}, where there is a target` } })],
    ["`columns`", membersTable(columns)],
    ["`split`", Object.entries(SPLIT_RULES).map(([rule, schema]) => `### \`${rule}\`\n\n${membersTable(optionSchema(schema))}`).join("\n\n")],
    ["An entry of `features`", membersTable(features.items)],
    ["An entry of `after`", membersTable(after.items)],
    ["`evaluate`", membersTable(evaluate, { defaults: { metrics: Object.entries(defaultUses.metrics).map(([kind, names]) => `${kind}: ${names.map(code).join(", ")}`).join("; ") } })],
    ["An entry of `evaluate.gates`", membersTable(evaluate.properties.gates.items)],
    ["`register`", membersTable(register)],
  ];
  return sections.map(([title, text]) => `## ${title}\n\n${text}`).join("\n\n");
}

function serverSections(server) {
  const { limits, auth, engine } = server.properties;
  return [["`server`", membersTable(server)], ["`server.limits`", membersTable(limits)], ["`server.auth`", membersTable(auth)], ["`server.engine`", membersTable(engine)]];
}
