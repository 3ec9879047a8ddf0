import { readdirSync } from "node:fs";
import { relative, resolve } from "node:path";
import { MillraceError } from "@millrace/core";
import { defineSpec } from "../command-spec.js";
import { EXIT } from "../exit-code.js";
import { PLUGIN_KINDS } from "../init/plugin-files.js";
import type { Written } from "../init/write-files.js";
import { createLog } from "../log.js";
import { jsonLine } from "../print/json.js";
import { styled } from "../print/style.js";
import type { Terminal } from "../terminal.js";
import { unknownAction } from "../unknown-action.js";

const DATA_FILE = /\.(?:csv|tsv|parquet|json|jsonl|ndjson)(?:\.gz)?$/i;
const NO_DATA = /^(?:package(?:-lock)?|tsconfig.*|millrace\.config.*)\.json$/;

function dataFilesIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => DATA_FILE.test(name) && !NO_DATA.test(name) && !name.startsWith(".")).sort();
}

function needs(what: string, mend: string): MillraceError {
  return new MillraceError({ code: "USAGE_ARGUMENT", message: `millrace init needs ${what}.`, mend });
}

/** Options of a project, and of nothing else. Throws USAGE_ARGUMENT where a plugin is given one. */
function refuseProjectOptions(args: Readonly<Record<string, unknown>>): void {
  const given = PROJECT_OPTIONS.find((option) => args[option] !== undefined);
  if (given !== undefined) throw new MillraceError({ code: "USAGE_ARGUMENT", message: `millrace init plugin has no option --${given}: it is for a project.`, mend: "Leave it out; a plugin takes --folder alone." });
}

const PROJECT_OPTIONS = ["from", "target", "time", "model", "project", "yes", "force"] as const;

function print({ facts, folder, files, notes, next }: Written, here: string, isJson: boolean, terminal: Terminal): void {
  if (isJson) return terminal.out(jsonLine({ ...facts, folder, files }));
  const list = files.map((path) => `  ${path}\n`).join("");
  terminal.out(`${notes.map((note) => `${note}\n`).join("")}wrote ${relative(here, folder) || "."}\n${list}\nnext:\n${next.map((line) => `  ${styled("cyan", line)}\n`).join("")}`);
}

export default defineSpec({
  summary: "Writes a project for a file of rows: a config with a first model, each choice with its reason. Or, as `init plugin`, a new plugin with the suite of its kind as its test.",
  examples: [
    ["millrace init", "asks for the file, and what to predict"],
    ["millrace init --from sales.csv", "takes what the data suggests"],
    ["millrace init --from sales.parquet --target returned --time none", "with the answers given"],
    ["millrace init plugin transform half-life", "a transform `half-life`, in ./millrace-plugin-half-life"],
    ["millrace init plugin store ledger --folder packages/ledger", "a store, in that folder"],
  ],
  args: {
    what: { type: "positional", required: false, description: "plugin: a new plugin. Left out: a project.", valueHint: "what" },
    kind: { type: "positional", required: false, description: `What the plugin brings: ${PLUGIN_KINDS.join(", ")}.`, valueHint: "kind" },
    name: { type: "positional", required: false, description: "The name that a config will give it after `use`.", valueHint: "name" },
    from: { type: "string", description: "File of rows: .csv, .parquet, .json, .jsonl, .ndjson.", valueHint: "file" },
    target: { type: "string", description: "Column to predict. Default: the likeliest.", valueHint: "column" },
    time: { type: "string", description: "Column that says when a row was known, for a split by time; none: no such split. Default: what the data suggests.", valueHint: "column" },
    model: { type: "string", description: "Name of the model. Default: after the target.", valueHint: "name" },
    project: { type: "string", description: "Name of the project. Default: after the file.", valueHint: "name" },
    folder: { type: "string", description: "Where to write. Default: this folder; for a plugin ./millrace-plugin-<name>.", valueHint: "folder" },
    yes: { type: "boolean", description: "Ask nothing: take what the data suggests." },
    force: { type: "boolean", description: "Write over millrace.config.ts where it is there." },
  },
  readsConfig: false,
  async run({ args, terminal, folder: here }) {
    if (args.what !== undefined && args.what !== "plugin") throw unknownAction("init", args.what, ["plugin"]);
    if (args.what === "plugin") {
      if (args.kind === undefined || args.name === undefined) throw needs(args.kind === undefined ? "<kind>" : "<name>", "See: millrace init --help");
      refuseProjectOptions(args);
      const { initPlugin } = await import("../init/init-plugin.js");
      print(initPlugin(args.kind, args.name, args.folder, here), here, args.json === true, terminal);
      return EXIT.ok;
    }
    const asks = terminal.isInteractive && process.stdin.isTTY === true && args.yes !== true && args.json !== true;
    const asked = asks ? await (await import("../init/ask.js")).terminalAnswers({}) : null;
    const from = args.from ?? (await asked?.file(dataFilesIn(here)));
    if (from === undefined) throw needs("--from <file>", `Name the file of rows, for example: millrace init --from ${dataFilesIn(here)[0] ?? "data.csv"}`);
    const { initProject } = await import("../init/init-project.js");
    const { target = null, time = null } = args;
    const init = { from, here, folder: resolve(here, args.folder ?? "."), project: args.project ?? null, model: args.model ?? null, force: args.force === true, log: createLog(terminal, args.debug === true) };
    const written = await initProject(init, { target: async (candidates) => target ?? asked?.target(candidates) ?? null, time: async (columns) => time ?? asked?.time(columns) ?? null });
    print(written, here, args.json === true, terminal);
    return EXIT.ok;
  },
});
