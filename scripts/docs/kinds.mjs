import { pluginFiles } from "../../packages/cli/dist/init/plugin-files.js";
import { block, contractText, declarationOf, sharedFiles, typesSentence, withTheirTypes } from "./contracts.mjs";

const testkit = await import("../../packages/core/dist/testkit.js");

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

/** The page of each kind by the file of its contract. */
const PAGE_OF = new Map(Object.entries(KIND_PAGES).map(([kind, { contract }]) => [contract, kind]));

function lawsText(suite, laws = `${suite.toLowerCase()}Laws`) {
  const list = testkit[laws];
  if (list === undefined || testkit[`describe${suite}`] === undefined) throw new Error(`The testkit has no describe${suite} with ${laws}.`);
  return list.map(({ name }) => `- ${name}`).join("\n");
}

function exampleText(kind, name) {
  const files = pluginFiles(kind, name);
  const sources = [...files.keys()].filter((path) => path.startsWith("src/"));
  return sources.sort((left, right) => rank(left, name) - rank(right, name)).map((path) => block(`// ${path}\n${files.get(path)}`)).join("\n\n");
}

/** The entry, options, implementation, what it needs, tests. */
function rank(path, name) {
  if (path === "src/index.ts") return -1;
  if (path.endsWith(".options.ts")) return 0;
  if (path.endsWith(".test.ts")) return 3;
  return path === `src/${name}.ts` ? 1 : 2;
}

/** The page of a kind: its contract, an example that `millrace init plugin` writes, and the suite. */
export function kindText(kind) {
  const { contract, suite, laws, example } = KIND_PAGES[kind];
  const source = contractText(contract);
  const taken = withTheirTypes([declarationOf(`${suite}Case`)]);
  return [
    "## The contract",
    block(source),
    typesSentence([source], PAGE_OF),
    "## An example",
    `\`millrace init plugin ${kind} ${example}\` writes a package with these files, among others:`,
    exampleText(kind, example),
    "## Its suite",
    `\`describe${suite}({ name, ... })\` of \`@millrace/core/testkit\` makes a test of each of these sentences:`,
    lawsText(suite, laws),
    "It takes:",
    block(taken.join("\n\n")),
    typesSentence(taken, PAGE_OF),
    taken.some((text) => text.includes("describeFold")) ? "`describeFold` is [the suite of folds](contracts.md#the-suite-of-folds)." : "",
  ].filter((part) => part !== "").join("\n\n");
}

/** The page of what the contracts of kinds share. */
export function contractsText() {
  const taken = withTheirTypes([declarationOf("FoldCase")]);
  const suite = ["### The suite of folds", "`describeFold({ name, ... })` of `@millrace/core/testkit` makes a test of each of these sentences:", lawsText("Fold"), "It takes:", block(taken.join("\n\n")), typesSentence(taken, PAGE_OF)];
  return sharedFiles(PAGE_OF).flatMap((file) => {
    const text = contractText(file);
    return [`## ${file[0].toUpperCase()}${file.slice(1)}`, block(text), typesSentence([text], PAGE_OF).replaceAll("(contracts.md#", "(#"), ...(file === "fold" ? suite : [])];
  }).filter((part) => part !== "").join("\n\n");
}
