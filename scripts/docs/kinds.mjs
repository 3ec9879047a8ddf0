import { readdirSync, readFileSync } from "node:fs";
import { pluginFiles } from "../../packages/cli/dist/init/plugin-files.js";

const testkit = await import("../../packages/core/dist/testkit.js");

const core = new URL("../../packages/core/src/", import.meta.url);

/** By kind: the contract's file, its name in the testkit, and what the example is called. */
export const KIND_PAGES = {
  source: { contract: "source", suite: "Source", example: "json-lines" },
  sink: { contract: "sink", suite: "Sink", example: "json-lines" },
  transform: { contract: "transform", suite: "Transform", example: "winsorize" },
  trainer: { contract: "trainer", suite: "Trainer", example: "naive-bayes" },
  runtime: { contract: "runtime", suite: "Runtime", example: "distinct-rows" },
  metric: { contract: "metric", suite: "Metric", example: "within" },
  check: { contract: "check", suite: "Check", example: "short-text" },
  step: { contract: "step", suite: "Step", example: "data-sheet" },
  store: { contract: "store", suite: "Store", example: "ledger" },
  artifacts: { contract: "artifact-store", suite: "Artifacts", laws: "artifactLaws", example: "packed" },
  executor: { contract: "executor", suite: "Executor", example: "slots" },
  command: { contract: "command", suite: "Command", example: "runs-csv" },
};

const block = (text) => `\`\`\`ts\n${text.trim()}\n\`\`\``;

function withoutImports(text) {
  return text.replace(/^(?:import [^;]+;\n)+\n?/, "");
}

/** The declaration of an interface of the testkit, with its comment. */
function interfaceText(name) {
  const files = readdirSync(new URL("testkit/", core), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  for (const file of files) {
    const found = new RegExp(`^(?:/\\*\\*[^\\n]*\\*/\\n)?export interface ${name} \\{\\n[^]*?\\n\\}$`, "m").exec(readFileSync(new URL(`testkit/${file}`, core), "utf8"));
    if (found !== null) return found[0];
  }
  throw new Error(`The testkit has no interface ${name}.`);
}

function lawsText(suite, laws = `${suite.toLowerCase()}Laws`) {
  const list = testkit[laws];
  if (list === undefined || testkit[`describe${suite}`] === undefined) throw new Error(`The testkit has no describe${suite} with ${laws}.`);
  return list.map(({ name }) => `- ${name}`).join("\n");
}

function exampleText(kind, name) {
  const files = pluginFiles(kind, name);
  const sources = [...files.keys()].filter((path) => path.startsWith("src/") && path !== "src/index.ts");
  return sources.sort((left, right) => rank(left, name) - rank(right, name)).map((path) => block(`// ${path}\n${files.get(path)}`)).join("\n\n");
}

/** Options, implementation, what it needs, tests. */
function rank(path, name) {
  if (path.endsWith(".options.ts")) return 0;
  if (path.endsWith(".test.ts")) return 3;
  return path === `src/${name}.ts` ? 1 : 2;
}

/** The page of a kind: its contract, an example that `millrace init plugin` writes, and the suite. */
export function kindText(kind) {
  const { contract, suite, laws, example } = KIND_PAGES[kind];
  const source = readFileSync(new URL(`contracts/${contract}.ts`, core), "utf8");
  return [
    "## The contract",
    block(withoutImports(source)),
    "## An example",
    `\`millrace init plugin ${kind} ${example}\` writes a package with these files, among others:`,
    exampleText(kind, example),
    "## Its suite",
    `\`describe${suite}({ name, ... })\` of \`@millrace/core/testkit\` makes a test of each of these sentences:`,
    lawsText(suite, laws),
    "It takes:",
    block(interfaceText(`${suite}Case`)),
  ].join("\n\n");
}
