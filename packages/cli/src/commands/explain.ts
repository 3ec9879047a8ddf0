import { MillraceError, nearest, type Plugin } from "@millrace/core";
import { ERROR_CODES } from "@millrace/core/engine";
import { defineSpec, type Call } from "../command-spec.js";
import { ERROR_CODES as OWN_CODES } from "../error-codes.js";
import { EXIT, exitCodeOf } from "../exit-code.js";
import { jsonLine } from "../print/json.js";
import { styled } from "../print/style.js";
import { table } from "../print/table.js";
import { wrapped } from "../print/wrapped.js";
import { registryOf } from "../registry-of.js";

interface Explained {
  readonly code: string;
  readonly means: string;
  readonly mend: string;
  /** Exit code of a command that ends with it. */
  readonly exit: number;
  readonly package: string;
}

/** Every code: the core's, the command's, those of the plugins in use (of the embedded ones where the config has mistakes), and of those that the command itself starts. */
async function explanations(call: Call): Promise<readonly Explained[]> {
  const { plugins: inUse } = await registryOf(call, true);
  const beside = await Promise.all([import("@millrace/plugin-serve"), import("@millrace/plugin-trees")]);
  const plugins = [...inUse, ...beside.map(({ default: create }): Plugin => create()).filter(({ name }) => inUse.every((one) => one.name !== name))];
  const brought = await Promise.all(plugins.map(async (plugin) => [plugin.name as string, (await plugin.errors?.()) ?? {}] as const));
  const all = [["@millrace/core", ERROR_CODES], ["millrace", OWN_CODES], ...brought] as const;
  const found = all.flatMap(([owner, codes]) => Object.entries(codes).map(([code, { means, mend }]) => ({ code, means, mend, exit: exitCodeOf(new MillraceError({ code, message: means, mend })), package: owner })));
  return found.sort((left, right) => (left.code < right.code ? -1 : 1));
}

const EXIT_WORDS: Readonly<Record<number, string>> = { 1: "failed", 2: "config or usage", 3: "data or check", 4: "a gate failed", 130: "interrupted" };

function pageText({ code, means, mend, exit, package: owner }: Explained, others: readonly string[], columns: number): string {
  const width = Math.min(columns, 100);
  const lines = [
    styled("bold", code),
    "",
    wrapped(means, width),
    "",
    `${styled("bold", "What to do")}`,
    wrapped(mend, width),
    "",
    `thrown by  ${owner}`,
    `exit code  ${exit} (${EXIT_WORDS[exit] ?? "ok"})`,
  ];
  const beside = others.length === 0 ? [] : ["", styled("bold", "Of the same area"), wrapped(others.join(", "), width)];
  return `${[...lines, ...beside].join("\n")}\n`;
}

function listText(all: readonly Explained[]): string {
  return table([{ title: "code" }, { title: "what it means" }], all.map(({ code, means }) => [code, means]));
}

function areaOf(code: string): string {
  return code.split("_")[0]!;
}

function unknownCode(code: string, all: readonly Explained[]): MillraceError {
  const near = nearest(code, all.map((one) => one.code));
  const same = all.filter((one) => areaOf(one.code) === areaOf(code)).map((one) => one.code);
  const mend = near !== null ? `Did you mean ${near}? Run: millrace explain ${near}` : same.length > 0 ? `Use one of: ${same.join(", ")}.` : "Run: millrace explain, which lists all.";
  return new MillraceError({ code: "USAGE_CODE", message: `There is no error with the code ${code}.`, mend, facts: { code } });
}

export default defineSpec({
  summary: "Shows what the code of an error means and what to do, or lists all codes.",
  examples: [
    ["millrace explain CHECK_FAILED", "its page"],
    ["millrace explain", "every code of Millrace and of the project's plugins"],
  ],
  args: { code: { type: "positional", required: false, description: "The code that an error begins with. Default: list all.", valueHint: "code" } },
  async run(call) {
    const { args, terminal } = call;
    const all = await explanations(call);
    if (args.code === undefined) {
      terminal.out(args.json ? all.map(jsonLine).join("") : listText(all));
      return EXIT.ok;
    }
    const wanted = args.code.toUpperCase().replaceAll("-", "_");
    const found = all.find(({ code }) => code === wanted);
    if (found === undefined) throw unknownCode(wanted, all);
    const others = all.map(({ code }) => code).filter((code) => code !== wanted && areaOf(code) === areaOf(wanted));
    terminal.out(args.json ? jsonLine(found) : pageText(found, others, terminal.columns()));
    return EXIT.ok;
  },
});
