import type { Json } from "@millrace/core";
import { count } from "../print/number.js";
import { queryOf, tableOf, TABLE, useOf } from "./file-source.js";
import type { Explained, FeatureGroup, Proposal } from "./proposal.js";
import type { Sample } from "./read-sample.js";
import { quoted } from "./column-role.js";

export interface ConfigInput {
  readonly project: string;
  readonly model: string;
  readonly sample: Pick<Sample, "source" | "rows" | "mended"> & { readonly seen: number; readonly columns: number };
  readonly proposal: Proposal;
  /** Other columns that could be predicted, as sentences. */
  readonly others: readonly string[];
}

const WIDTH = 120;

/** The files of a config by name: `millrace.config.ts`, and the query where the source needs one. */
export function configFiles(input: ConfigInput): ReadonlyMap<string, string> {
  const query = queryOf(input.sample.source);
  const files = new Map([["millrace.config.ts", configText(input)]]);
  if (query !== null) files.set(`${input.model}.sql`, queryText(query, input));
  return files;
}

function configText(input: ConfigInput): string {
  const { project, model, sample, proposal } = input;
  const { rows, seen, columns, source } = sample;
  const looked = seen < rows ? `${count(rows)} rows and looked at ${count(seen)} of them, spread evenly` : `${count(rows)} rows`;
  return `// A first model of ${source.file}, by \`millrace init\`, which read ${looked}, in ${columns} columns.
// Each choice says why it was made. Change what you know better, then: millrace plan, millrace run.
import { defineConfig } from "millrace";

export default defineConfig({
  schema: 1,
  project: ${text(project)},
  models: {
    ${key(model)}: {
${indent(6, [...sourceLines(input), ...columnLines(proposal, input), ...splitLines(proposal), ...featureLines(proposal.features), ...trainLines(proposal)])}
    },
  },
});
`;
}

function queryText(query: string, { sample: { source, mended } }: ConfigInput): string {
  const left = source.leftOut.map((name) => `-- ${quoted(name)} is left out: ${mended.get(name) ?? "no model can take it."}`);
  const dates = [...source.dates.keys()].map((name) => `-- ${quoted(name)} is text in the file: it is read as dates; what fits no format is missing.`);
  const decimals = source.decimalCommas.map((name) => `-- ${quoted(name)} is text in the file, since its numbers have a decimal comma: it is read as numbers; what is no number is missing.`);
  return `${[...left, ...dates, ...decimals].join("\n")}\n${query}`;
}

function sourceLines({ model, sample: { source, mended } }: ConfigInput): readonly string[] {
  const asText = Object.keys(source.types).map((name) => `// ${quoted(name)} is read as text: ${mended.get(name) ?? "its type is not clear."}`);
  const use = useOf(source);
  if (use.name !== "sql") return [...asText, `source: ${inline({ use: use.name, with: withoutEmpty(use.with as Record<string, Json>) })},`];
  const why = [...(source.dates.size > 0 ? ["reads dates that are text in the file"] : []), ...(source.decimalCommas.length > 0 ? ["reads numbers with a decimal comma"] : []), ...(source.leftOut.length > 0 ? ["leaves out what no model can take"] : [])];
  return [`// A query, since it ${why.join(", and ")}: see ${model}.sql.`, ...asText, `source: ${inline({ use: "sql", with: { query: { file: `./${model}.sql` }, files: { [TABLE]: tableOf(source) } } })},`];
}

function withoutEmpty(options: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => JSON.stringify(value) !== "{}"));
}

function columnLines({ target, problem, key: rowKey, time, group, ignore, pii, warnings }: Proposal, { others }: ConfigInput): readonly string[] {
  const role = (name: string, one: Explained | null): readonly string[] => (one === null ? [] : [`${name}: ${text(one.value)}, // ${one.why}`]);
  const list = (name: string, all: readonly Explained[]): readonly string[] => (all.length === 0 ? [] : [`${name}: [`, ...all.map(({ value, why }) => `  ${text(value)}, // ${why}`), "],"]);
  const meaning = problem.kind === "binary" ? [`positive: ${JSON.stringify(problem.positive)}, // ${problem.why}`] : problem.needsTask ? [`task: ${text(problem.kind)}, // ${problem.why}`] : [];
  return [
    "columns: {",
    ...indented([
      ...(others.length === 0 ? [] : [`// Could be predicted too: ${others.join(", ")}.`]),
      ...role("target", target),
      ...meaning,
      ...role("key", rowKey),
      ...role("time", time),
      ...role("group", group),
      ...list("pii", pii),
      ...list("ignore", ignore),
      'rest: "drop", // a column that `features` does not name is not used, so that a new one in the file changes nothing',
    ]),
    "},",
    ...warnings.map((warning) => `// ${warning}`),
  ];
}

function splitLines({ split }: Proposal): readonly string[] {
  return [`// ${sentence(split.why)}`, `split: ${inline({ use: split.use, with: split.with })},`];
}

function featureLines(features: readonly FeatureGroup[]): readonly string[] {
  const one = ({ use, from, with: options, why }: FeatureGroup): readonly string[] => {
    const line = `${inline({ use, from, ...(options === null ? {} : { with: options }) })},`;
    if (line.length <= WIDTH) return [`// ${sentence(why)}`, line];
    const names = from.map((name) => `    ${text(name)},`);
    return [`// ${sentence(why)}`, "{", `  use: ${text(use)},`, "  from: [", ...names, "  ],", ...(options === null ? [] : [`  with: ${inline(options)},`]), "},"];
  };
  return ["features: [", ...indented(features.flatMap(one)), "],"];
}

function trainLines({ train, metrics, baseline, problem }: Proposal): readonly string[] {
  const [first] = metrics.value;
  const gate = { metric: first, versus: "baseline", atLeast: 0, bound: "point" };
  const known = problem.kind === "regression" ? "the mean of the target" : "how frequent each class is";
  return [
    `train: ${text(train.value)}, // ${train.why}`,
    "evaluate: {",
    `  metrics: ${inline(metrics.value)}, // ${metrics.why}`,
    `  baselines: [${text(baseline)}], // knows nothing but ${known}`,
    "  // A version that does not beat the baseline is kept, but does not become the champion.",
    `  gates: [${inline(gate)}],`,
    "},",
    'register: { alias: "champion" },',
  ];
}

function sentence(words: string): string {
  return `${words[0]!.toUpperCase()}${words.slice(1)}.`;
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

function indent(blanks: number, lines: readonly string[]): string {
  return lines.map((line) => " ".repeat(blanks) + line).join("\n");
}

function text(value: string): string {
  return JSON.stringify(value);
}

/** The name of a member. */
function key(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : text(name);
}

/** A value as TypeScript writes it on one line. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value).map(([name, one]) => `${key(name)}: ${inline(one)}`).join(", ")} }`;
}
