import { defineSpec } from "../command-spec.js";
import { EXIT } from "../exit-code.js";
import { openProject } from "../project.js";

export default defineSpec({
  summary: "A JavaScript console with the project's frames, SQL over them, and its models. Columns marked `pii` are masked.",
  examples: [
    ["millrace console", "on a terminal: lines are kept in .millrace/console-history"],
    [`echo 'sql("SELECT count(*) FROM delays")' | millrace console`, "lines from a pipe; ends with 1 where one of them failed"],
  ],
  args: {},
  async run(call) {
    const { terminal } = call;
    const [{ consoleValues }, { greeting, startConsole }] = await Promise.all([import("../console/console-values.js"), import("../console/start-console.js")]);
    await using engine = await openProject(call);
    await using values = await consoleValues(engine);
    const isTerminal = terminal.isInteractive && process.stdin.isTTY === true;
    if (isTerminal) terminal.out(greeting(values));
    const { failed } = await startConsole(values, engine.config.home, { input: process.stdin, output: process.stdout, isTerminal, isDebug: call.args.debug === true });
    return failed && !isTerminal ? EXIT.failed : EXIT.ok;
  },
});
