import { runCommandLine } from "../../packages/cli/dist/command.js";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("./", import.meta.url));

/** What a command line prints, without colours. */
async function printed(...argv) {
  let text = "";
  const terminal = { out: (more) => (text += more), err: (more) => (text += more), isInteractive: false, columns: () => 120 };
  const code = await runCommandLine(argv, terminal, folder);
  if (code !== 0) throw new Error(`millrace ${argv.join(" ")} ended with ${code}: ${text}`);
  return text.replaceAll(/ +$/gm, "").trim();
}

const block = (text) => `\`\`\`text\n${text}\n\`\`\``;

/** The overview, and the help of each command. */
export async function commandsText() {
  process.env.NO_COLOR = "1";
  const overview = await printed("--help");
  const names = [...overview.matchAll(/^  ([a-z]+) {2,}/gm)].map((match) => match[1]);
  const sections = [];
  for (const name of names) sections.push(`## millrace ${name}\n\n${block(await printed(name, "--help"))}`);
  return [block(overview), ...sections].join("\n\n");
}
