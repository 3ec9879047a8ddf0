import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { MillraceError } from "@millrace/core";
import { defineSpec } from "../command-spec.js";
import { EXIT } from "../exit-code.js";
import { pluginFiles, pluginKind, PLUGIN_KINDS } from "../init/plugin-files.js";
import { jsonLine } from "../print/json.js";
import { styled } from "../print/style.js";
import { unknownAction } from "../unknown-action.js";

/** Throws INIT_EXISTS: nothing is ever overwritten. */
function refuseFilled(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  throw new MillraceError({ code: "INIT_EXISTS", message: `${folder} is there, and is not empty.`, mend: "Name another folder with --folder, or remove this one.", facts: { folder } });
}

function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { flag: "wx" });
  }
}

function nextText(folder: string, files: ReadonlyMap<string, string>): string {
  const list = [...files.keys()].map((path) => `  ${path}`).join("\n");
  return `wrote ${folder}\n${list}\n\nnext:\n  ${styled("cyan", `cd ${folder} && npm install && npm run build && npm test`)}\n`;
}

export default defineSpec({
  summary: "Writes a new package: a plugin with one extension, and the suite of its kind as its test.",
  examples: [
    ["millrace init plugin transform half-life", "a transform `half-life`, in ./millrace-plugin-half-life"],
    ["millrace init plugin store ledger --folder packages/ledger", "a store, in that folder"],
  ],
  args: {
    what: { type: "positional", required: true, description: "plugin.", valueHint: "what" },
    kind: { type: "positional", required: true, description: `What it brings: ${PLUGIN_KINDS.join(", ")}.`, valueHint: "kind" },
    name: { type: "positional", required: true, description: "The name that a config will give it after `use`.", valueHint: "name" },
    folder: { type: "string", description: "Where to write. Default: ./millrace-plugin-<name>.", valueHint: "folder" },
  },
  async run({ args, terminal, folder: here }) {
    if (args.what !== "plugin") throw unknownAction("init", args.what, ["plugin"]);
    const kind = pluginKind(args.kind);
    const files = pluginFiles(kind, args.name);
    const folder = resolve(here, args.folder ?? `millrace-plugin-${args.name}`);
    refuseFilled(folder);
    writeFiles(folder, files);
    if (args.json) terminal.out(jsonLine({ kind, name: args.name, folder, files: [...files.keys()] }));
    else terminal.out(nextText(relative(here, folder) || ".", files));
    return EXIT.ok;
  },
});
