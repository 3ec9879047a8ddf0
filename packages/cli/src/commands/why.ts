import { sideText } from "@millrace/core/project";
import { defineSpec } from "../command-spec.js";
import { EXIT } from "../exit-code.js";
import { jsonLine } from "../print/json.js";
import { styled } from "../print/style.js";
import { table } from "../print/table.js";
import { openProject } from "../project.js";

export default defineSpec({
  summary: "Says why a task would run or be reused: which entries of its key changed since it last ran.",
  examples: [
    ["millrace why delays/train", "as the config stands"],
    ["millrace why delays/train --set models.delays.train.with.l2=0.1", "as it would stand"],
  ],
  args: { task: { type: "positional", required: true, description: "A task of the plan.", valueHint: "model/step" } },
  async run(call) {
    await using engine = await openProject(call);
    const { args, terminal } = call;
    const { task, lastRun, differences } = await engine.why(args.task);
    if (args.json) terminal.out(jsonLine({ task, lastRun, differences }));
    else {
      terminal.out(`${styled("bold", task.id)}: ${task.verdict}, ${task.why}\n`);
      terminal.out(lastRun === null ? "It has not run before.\n" : `It last ran in ${lastRun}${differences.length === 0 ? ", with the same key as far as it is known.\n" : ". Since then:\n\n"}`);
      terminal.out(table([{ title: "entry" }, { title: "then" }, { title: "now" }], differences.map(({ entry, before, after }) => [entry, sideText(before), sideText(after)])));
    }
    return EXIT.ok;
  },
});
