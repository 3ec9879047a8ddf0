import { relative } from "node:path";
import { formatBytes, formatPath, leavesOf, type Origin, type ResolvedConfig } from "@millrace/core/engine";
import { defineSpec } from "../command-spec.js";
import { EXIT } from "../exit-code.js";
import { jsonLine } from "../print/json.js";
import { styled } from "../print/style.js";
import { table } from "../print/table.js";
import { loadProject } from "../project.js";
import { writeServerFile } from "../server-file.js";

function originText({ kind, file, line, column }: Origin, reference: string | null, folder: string): string {
  const where = file === null ? kind : `${relative(folder, file) || file}:${line}:${column}${kind === "file" ? "" : ` (${kind})`}`;
  return reference === null ? where : `${where}, ${reference}`;
}

/** A text that is long or spans lines (a query) by its beginning. */
function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? "";
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function configText(config: ResolvedConfig, folder: string): string {
  const rows = [...leavesOf(config.document)].map(([path, value]) => {
    const origin = config.origins.of(path);
    return [formatPath(path), brief(value), styled(origin.kind === "default" ? "dim" : "cyan", originText(origin, config.origins.reference(path), folder))];
  });
  const { threads, memoryBytes } = config.limits;
  return `${table([{ title: "key" }, { title: "value" }, { title: "from" }], rows)}\ndigest ${config.digest}\nlimits ${threads} threads, ${formatBytes(memoryBytes)}\n`;
}

export default defineSpec({
  summary: "Shows the config as it was resolved: each value, and where it comes from.",
  examples: [
    ["millrace config", "every value with file, line and column, or default; what comes from the environment names its variable"],
    ["millrace config --env production", "with an overlay"],
    ["millrace config --json | jq .config", "the resolved config as a config file would say it"],
    ["millrace config --server", "write .millrace/server.json, for processes that only predict"],
  ],
  args: { server: { type: "boolean", description: "Write .millrace/server.json: store, artifacts and runtime, for processes that only predict." } },
  async run(call) {
    const { config } = await loadProject(call);
    const { args, terminal, folder } = call;
    if (args.server) {
      const file = await writeServerFile(config.folder, config);
      terminal.out(args.json ? jsonLine({ file }) : `wrote ${relative(folder, file)}\n`);
    } else if (args.json) {
      const origins = Object.fromEntries([...leavesOf(config.document)].map(([path]) => [formatPath(path), { ...config.origins.of(path), reference: config.origins.reference(path) }]));
      terminal.out(jsonLine({ config: config.document, origins, digest: config.digest, limits: config.limits }));
    } else terminal.out(configText(config, folder));
    return EXIT.ok;
  },
});
