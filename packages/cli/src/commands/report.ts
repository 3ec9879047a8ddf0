import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import type { Engine } from "@millrace/core/engine";
import { defineSpec } from "../command-spec.js";
import { EXIT } from "../exit-code.js";
import { jsonLine } from "../print/json.js";
import { openProject } from "../project.js";
import { gatherReport } from "../report/gather.js";
import type { Report } from "../report/report.js";

/** `<home>/reports/delays-3.html`, `<home>/reports/<run>.html`. */
function defaultFile({ config }: Engine, { title }: Report): string {
  return join(config.home, "reports", `${title.replace(/^run /, "").replaceAll(/[^\w.-]+/g, "-")}.html`);
}

export default defineSpec({
  summary: "Writes what there is to say of a model or a run as one HTML file that needs nothing beside it: plan, data, metrics with plots, gates, lineage, environment.",
  examples: [
    ["millrace report", "the newest run"],
    ["millrace report delays@champion", "a model, and the run that made it"],
    ["millrace report k3v9x2 --out report.html", "a run, into a file of your choice"],
    ["millrace report delays@3 --json | jq .models[0].evaluation", "the same as data"],
  ],
  args: {
    what: { type: "positional", required: false, description: "A model (delays, delays@3, delays@champion) or a run (its id, the end of it, or `last`). Default: last.", valueHint: "run|model" },
    out: { type: "string", description: "File to write. Default: .millrace/reports/<model-version or run>.html.", valueHint: "file" },
  },
  async run(call) {
    const { args, terminal, folder } = call;
    await using engine = await openProject(call);
    const report = await gatherReport(engine, args.what);
    if (args.json) {
      terminal.out(jsonLine(report));
      if (args.out === undefined) return EXIT.ok;
    }
    const file = args.out === undefined ? defaultFile(engine, report) : resolve(folder, args.out);
    const { reportPage } = await import("../report/page.js");
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, await reportPage(report));
    if (!args.json) terminal.out(`${relative(folder, file)}\n`);
    return EXIT.ok;
  },
});
