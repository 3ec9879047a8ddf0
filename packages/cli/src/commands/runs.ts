import { compareRuns } from "../compare-runs.js";
import { defineSpec } from "../command-spec.js";
import { EXIT } from "../exit-code.js";
import { findRun, findTwoRuns, newestRuns } from "../find-run.js";
import { wholeNumber } from "../parse-call.js";
import { jsonLine } from "../print/json.js";
import { comparedText, runsText, runText } from "../print/runs.js";
import { openProject } from "../project.js";
import { unknownAction } from "../unknown-action.js";

const ACTIONS = ["list", "show", "compare"] as const;

export default defineSpec({
  summary: "Lists runs, shows one, or compares two.",
  examples: [
    ["millrace runs", "the newest runs"],
    ["millrace runs show last", "tasks of the newest, with seconds and memory"],
    ["millrace runs compare", "what changed between the two newest, and the metrics side by side"],
    ["millrace runs compare k3v9x2 last", "the same for any two"],
  ],
  args: {
    action: { type: "positional", required: false, description: "list (default), show or compare.", valueHint: "action" },
    run: { type: "positional", required: false, description: "A run: its id, the end of its id, or `last`.", valueHint: "run" },
    other: { type: "positional", required: false, description: "The run to compare with. Default: last, and then `run` is the one before it.", valueHint: "run" },
    limit: { type: "string", description: "How many to list. Default: 20.", valueHint: "n" },
  },
  async run(call) {
    await using engine = await openProject(call);
    const { args, terminal } = call;
    const { store } = engine;
    const action = args.action ?? "list";
    if (action === "list") {
      const runs = await newestRuns(store, wholeNumber("limit", args.limit ?? "20"));
      terminal.out(args.json ? runs.map(({ id, value }) => jsonLine({ run: id, ...value })).join("") : runsText(runs));
    } else if (action === "show") {
      const run = await findRun(store, args.run);
      terminal.out(args.json ? jsonLine({ run: run.id, ...run.value }) : runText(run));
    } else if (action === "compare") {
      const [left, right] = await findTwoRuns(store, args.run, args.other);
      const tasks = await compareRuns(store, left.value, right.value);
      terminal.out(args.json ? jsonLine({ left: left.id, right: right.id, tasks }) : comparedText(left, right, tasks));
    } else throw unknownAction("runs", action, ACTIONS);
    return EXIT.ok;
  },
});
