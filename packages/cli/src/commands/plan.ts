import type { PlannedTask } from "@millrace/core";
import { defineSpec } from "../command-spec.js";
import { EXIT } from "../exit-code.js";
import { wholeNumber } from "../parse-call.js";
import { jsonLine } from "../print/json.js";
import { styled } from "../print/style.js";
import { table } from "../print/table.js";
import { openDataProject } from "../project.js";
import { WHAT_ARGS, WHAT_LISTS } from "./what.js";

const COLOURS = { reuse: "dim", run: "yellow", "run-unless-same": "cyan" } as const;

function countOf(tasks: readonly PlannedTask[]): string {
  if (tasks.length === 0) return "No tasks: the config names no models.\n";
  const of = (verdict: PlannedTask["verdict"]) => tasks.filter((task) => task.verdict === verdict).length;
  const parts = [`${of("run")} to run`, `${of("run-unless-same")} to run unless their inputs come out the same`, `${of("reuse")} to reuse`];
  return `${tasks.length} tasks: ${parts.filter((part) => !part.startsWith("0 ")).join(", ")}.\n`;
}

export default defineSpec({
  summary: "Shows what a run would do, and why, and does nothing.",
  examples: [
    ["millrace plan", "every model of the config"],
    ["millrace plan delays --set models.delays.train.with.l2=0.1", "what a change would run again"],
    ["millrace plan --json | jq -r .tasks[].id", "for scripts"],
  ],
  args: WHAT_ARGS,
  lists: WHAT_LISTS,
  takesMany: true,
  async run(call) {
    const { args, list, terminal } = call;
    const sample = args.sample === undefined ? {} : { sample: wholeNumber("sample", args.sample) };
    await using engine = await openDataProject(call);
    const { tasks } = await engine.plan({ models: args._, ...sample, from: list("from"), only: list("only") });
    if (args.json) terminal.out(jsonLine({ project: engine.config.project, config: engine.config.digest, tasks }));
    else {
      if (tasks.length > 0) terminal.out(table([{ title: "task" }, { title: "verdict" }, { title: "why" }], tasks.map(({ id, verdict, why }) => [id, styled(COLOURS[verdict], verdict), why])));
      terminal.out(`${tasks.length > 0 ? "\n" : ""}${countOf(tasks)}`);
    }
    return EXIT.ok;
  },
});
