import { createRegistry, optionSchema } from "../../packages/core/dist/engine.js";
import { defaults } from "../../packages/cli/dist/defaults.js";
import { membersTable } from "./schema.mjs";

/** What each kind is, in the order of a model's life. */
const KINDS = {
  source: ["Sources", "Where rows come from: `source`."],
  check: ["Checks", "Expectations of the data: `check`."],
  transform: ["Transforms", "Features, and what stands behind the model: `features` and `after`."],
  trainer: ["Trainers", "What learns the model: `train`, and `evaluate.baselines`."],
  metric: ["Metrics", "How good a model is: `evaluate.metrics`."],
  runtime: ["Runtimes", "What runs a model's file: `runtime`."],
  sink: ["Sinks", "Where rows go."],
  store: ["Stores", "Where records are kept: `store`."],
  artifacts: ["Artifacts", "Where files are kept: `artifacts`."],
  executor: ["Executors", "Where tasks run: `executor`."],
};

function entry({ extension, plugin }) {
  const { properties = {}, ...schema } = optionSchema(extension.options);
  const summary = extension.summary.replace(/\.?$/, ".");
  const options = Object.keys(properties).length === 0 ? "No options." : membersTable({ properties, ...schema });
  return `### \`${extension.name}\`\n\n${summary} From \`${plugin.name}\`.\n\n${options}`;
}

/** A section per kind, an entry per extension of the preset. */
export function extensionsText() {
  const all = createRegistry(defaults).list();
  const unknown = all.find(({ extension }) => !Object.hasOwn(KINDS, extension.kind));
  if (unknown !== undefined) throw new Error(`Give the kind "${unknown.extension.kind}" a title in scripts/docs/extensions.mjs.`);
  return Object.entries(KINDS)
    .map(([kind, [title, what]]) => `## ${title}\n\n${what} How to write one: [its contract, an example, its suite](kinds/${kind}.md).\n\n${all.filter(({ extension }) => extension.kind === kind).map(entry).join("\n\n")}`)
    .join("\n\n");
}
