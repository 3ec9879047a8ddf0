import { writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { configJsonSchema, type Registry } from "@millrace/core/engine";
import { defineSpec } from "../command-spec.js";
import { defaultUses } from "../defaults.js";
import { EXIT } from "../exit-code.js";
import { jsonLine } from "../print/json.js";
import { loadPluginsOf } from "../project.js";

/** Null where the embedded plugins are left out, so that nothing has a default. */
function usesOf(registry: Registry): typeof defaultUses | null {
  return registry.find("store", defaultUses.store) === null ? null : defaultUses;
}

export default defineSpec({
  summary: "Writes the JSON Schema of a config, with the names and options that the project's plugins bring, for editors.",
  examples: [
    ["millrace schema --out millrace.schema.json", "then the first line of a config in YAML: # yaml-language-server: $schema=./millrace.schema.json"],
    ["millrace schema > .vscode/millrace.schema.json", 'and the first key of a config in JSON: "$schema": "./.vscode/millrace.schema.json"'],
  ],
  args: { out: { type: "string", description: "File to write. Default: the output.", valueHint: "file" } },
  async run(call) {
    const { args, terminal, folder } = call;
    const registry = await loadPluginsOf(call);
    const schema = configJsonSchema(registry, usesOf(registry));
    const text = `${JSON.stringify(schema, null, 2)}\n`;
    if (args.out === undefined) terminal.out(args.json ? jsonLine(schema) : text);
    else {
      const file = resolve(folder, args.out);
      writeFileSync(file, text);
      terminal.out(args.json ? jsonLine({ file }) : `wrote ${relative(folder, file)}\n`);
    }
    return EXIT.ok;
  },
});
