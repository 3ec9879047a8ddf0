import { defineCommand, renderUsage } from "citty";
import { commonArgs, commonLists, type CommandSpec } from "./command-spec.js";
import { styled } from "./print/style.js";

const ESCAPES = new RegExp(String.raw`\u001B\[[0-9;]*m`, "g");

/** Help of a command: what it does, its arguments, examples. */
export async function commandUsage(name: string, spec: CommandSpec): Promise<string> {
  const lists = Object.fromEntries(Object.entries({ ...spec.lists, ...commonLists(spec) }).map(([list, def]) => [list, { type: "string", ...def } as const]));
  const command = defineCommand({ meta: { name, description: spec.summary }, args: { ...spec.args, ...lists, ...commonArgs(spec) } });
  const rendered = await renderUsage(command, defineCommand({ meta: { name: "millrace" } }));
  // citty colours by the environment of its own; pipes and NO_COLOR get plain text.
  const text = styled("bold", "x") === "x" ? rendered.replace(ESCAPES, "") : rendered;
  const width = Math.max(...spec.examples.map(([call]) => call.length));
  const examples = spec.examples.map(([call, what]) => `  ${styled("cyan", call.padEnd(width))}  ${what}`);
  return `${text.trimEnd()}\n\n${styled(["bold", "underline"], "EXAMPLES")}\n\n${examples.join("\n")}\n`;
}
