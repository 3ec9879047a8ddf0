import type { CommandSpec } from "./command-spec.js";
import { EXIT } from "./exit.js";
import { styled } from "./print/style.js";
import { table } from "./print/table.js";
import type { Terminal } from "./terminal.js";
import { VERSION } from "./version.js";

// What --help and --version do not need is imported where it is used: a test counts the modules that they load.

type Loaded = { readonly default: unknown };

/** The commands: a line for the overview, and the module, which loads with its call. */
const COMMANDS: Readonly<Record<string, { readonly summary: string; load(): Promise<Loaded> }>> = {
  plan: { summary: "show what a run would do, and why", load: () => import("./commands/plan.js") },
  run: { summary: "do it", load: () => import("./commands/run.js") },
  why: { summary: "say why a task would run or be reused", load: () => import("./commands/why.js") },
  runs: { summary: "list runs, show one, compare two", load: () => import("./commands/runs.js") },
  models: { summary: "list, show, alias, history, rollback", load: () => import("./commands/models.js") },
  predict: { summary: "a file of rows in, a file of predictions out", load: () => import("./commands/predict.js") },
  report: { summary: "write a model or a run as one page of HTML", load: () => import("./commands/report.js") },
  serve: { summary: "answer requests for predictions over HTTP", load: () => import("./commands/serve.js") },
  capacity: { summary: "measure what this machine can do with a model", load: () => import("./commands/capacity.js") },
  config: { summary: "show the config with the origin of each value", load: () => import("./commands/config.js") },
  schema: { summary: "write the config's JSON Schema, for editors", load: () => import("./commands/schema.js") },
  plugins: { summary: "list what plugins bring, with their options", load: () => import("./commands/plugins.js") },
  gc: { summary: "remove what retention lets go, or say what can", load: () => import("./commands/gc.js") },
  console: { summary: "try frames, SQL and models, line by line", load: () => import("./commands/console.js") },
  types: { summary: "write columns, inputs and outputs as TypeScript", load: () => import("./commands/types.js") },
  explain: { summary: "say what the code of an error means", load: () => import("./commands/explain.js") },
  doctor: { summary: "look for what is wrong, and say how to mend it", load: () => import("./commands/doctor.js") },
  init: { summary: "write a first model for a file of rows, or a new plugin", load: () => import("./commands/init.js") },
};

/** What no plugin's command can be called by. */
export const COMMAND_NAMES: readonly string[] = [...Object.keys(COMMANDS), "help"];

function overview(): string {
  const rows = Object.entries(COMMANDS).map(([name, { summary }]) => [`  ${styled("cyan", name)}`, summary]);
  const [, ...lines] = table([{ title: "" }, { title: "" }], rows).split("\n");
  return [
    "Millrace: machine learning in one config file.",
    "",
    `${styled("bold", "USAGE")}  millrace <command> [options]`,
    "",
    ...lines,
    "Every command has --help with examples, and --json for scripts.",
    "Exit codes: 0 ok, 1 failed, 2 config or usage, 3 data or check, 4 gate, 130 interrupted.",
    "",
  ].join("\n");
}

/** A command that the project's plugins bring, where there is a project. */
async function projectCommand(name: string, raw: readonly string[], terminal: Terminal, folder: string): Promise<CommandSpec | null> {
  const [{ MillraceError }, { loadConfigOf }, { pluginCommand }] = await Promise.all([import("@millrace/core/plugin"), import("./project.js"), import("./plugin-command.js")]);
  try {
    return pluginCommand(name, await loadConfigOf(optionOf("config", raw), optionOf("env", raw), terminal, folder));
  } catch (error) {
    if (MillraceError.is(error, "CONFIG_NOT_FOUND")) return null;
    throw error;
  }
}

/** The value of an option before it is known which options there are. */
function optionOf(name: string, raw: readonly string[]): string | undefined {
  const at = raw.indexOf(`--${name}`);
  return at < 0 ? raw.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3) : raw[at + 1];
}

async function loadCommand(name: string, raw: readonly string[], terminal: Terminal, folder: string): Promise<CommandSpec> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command !== undefined) return (await command.load()).default as CommandSpec;
  const brought = /^[a-z]/.test(name) ? await projectCommand(name, raw, terminal, folder) : null;
  if (brought !== null) return brought;
  const { MillraceError, suggest } = await import("@millrace/core/plugin");
  throw new MillraceError({ code: "USAGE_COMMAND", message: `There is no command "${name}".`, mend: `${suggest(name, Object.keys(COMMANDS))} See: millrace --help` });
}

/** Runs a command line and returns its exit code; nothing is thrown. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal, folder: string): Promise<number> {
  const [name, ...raw] = argv;
  try {
    if (name === undefined || name === "--help" || name === "-h" || name === "help") {
      terminal.out(overview());
      return EXIT.ok;
    }
    if (name === "--version" || name === "-v") {
      terminal.out(`${VERSION}\n`);
      return EXIT.ok;
    }
    const spec = await loadCommand(name, raw, terminal, folder);
    if (raw.includes("--help") || raw.includes("-h")) {
      terminal.out(await (await import("./usage.js")).commandUsage(name, spec));
      return EXIT.ok;
    }
    const { parseCall } = await import("./parse-call.js");
    return await spec.run(parseCall(name, spec, raw, terminal, folder));
  } catch (thrown) {
    const [{ errorJson, errorText }, { exitCodeOf }, { explained }] = await Promise.all([import("./print/error.js"), import("./exit-code.js"), import("@millrace/core/plugin")]);
    const error = explained(thrown);
    if (raw.includes("--json")) terminal.err(errorJson(error));
    else terminal.err(errorText(error, raw.includes("--debug")));
    return exitCodeOf(error);
  }
}
