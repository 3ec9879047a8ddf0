import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MillraceError, suggest, type Log, type PluginContext } from "@millrace/core";
import { createExtension, createRegistry } from "@millrace/core/engine";
import { defaults } from "../defaults.js";
import { factsOf, type ColumnFacts } from "./column-facts.js";
import { count } from "../print/number.js";
import { percent, quoted, roleOf } from "./column-role.js";
import { configFiles } from "./config-text.js";
import { haveDecimalCommas } from "./decimal-commas.js";
import { LEAKAGE, leaksOf, type Leaks } from "./leaks.js";
import { refuseMissingHeader } from "./missing-header.js";
import { propose, type Proposal } from "./proposal.js";
import { slug } from "./project-files.js";
import { readSample, type Sample } from "./read-sample.js";
import { refuseTooLittle } from "./too-little.js";
import { targetCandidates, type TargetCandidate } from "./target-candidates.js";
import { problemOf, type TargetProblem } from "./target-problem.js";

/** What only a person knows; null where the answer is left to what the data says. */
export interface Answers {
  target(candidates: readonly TargetCandidate[]): Promise<string | null>;
  /** `first` is what would be taken; "none": no split by time. */
  time(columns: readonly string[]): Promise<string | null>;
}

export interface ProposedProject {
  readonly project: string;
  readonly model: string;
  readonly proposal: Proposal;
  readonly rows: number;
  /** The config and what it reads, by name. */
  readonly files: ReadonlyMap<string, string>;
}

export interface ProjectInput {
  /** As the config will name it. */
  readonly file: string;
  /** Of the config. */
  readonly folder: string;
  readonly project: string | null;
  readonly model: string | null;
  readonly log: Log;
}

/** Looks at a file and writes a config for it. Throws INIT_NO_HEADER, INIT_TARGET, INIT_TIME, INIT_NO_TARGET, INIT_NO_FEATURE, INIT_FEW_ROWS, and what reading throws. */
export async function proposeProject(input: ProjectInput, answers: Answers): Promise<ProposedProject> {
  const home = await mkdtemp(join(tmpdir(), "millrace-init-"));
  const limits = { threads: 1, memoryBytes: 2 ** 30 };
  const context: PluginContext = { folder: input.folder, home, limits, log: input.log, project: null, runTask: () => Promise.reject(new Error("init runs no tasks")) };
  try {
    return await proposeIn(input, answers, context);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function proposeIn({ file, project, model, folder: _ }: ProjectInput, answers: Answers, context: PluginContext): Promise<ProposedProject> {
  const asItIs = await readSample(defaults, { file, types: {}, leftOut: [], dates: new Map(), decimalCommas: [] }, context);
  refuseMissingHeader(file, factsOf(asItIs.frame));
  const sample = await withTypesInText(asItIs, context);
  const facts = factsOf(sample.frame);
  const leaksOfTarget = await leakFinder(sample, facts, context);
  const candidates = targetCandidates(facts).map((one, index) => (index < LOOKED_AT ? { ...one, toldBy: leaksOfTarget(one).certain } : one));
  const target = await chooseTarget(facts, candidates, answers);
  const time = await chooseTime(facts, target.name, answers);
  const leaks = leaksOfTarget(target);
  const proposal = propose({ facts, target: target.name, targetWhy: targetWhy(facts, target), problem: target.problem, time, leaks });
  refuseTooLittle(proposal, facts, sample.rows);
  const stem = file.split("/").at(-1)!.replace(/(?:\.\w+)?\.(?:csv|tsv|json|jsonl|ndjson|parquet)(?:\.gz)?$/i, "");
  const names = { project: project ?? slug(stem, "project"), model: model ?? slug(target.name, "model") };
  const others = candidates.filter(({ name }) => name !== target.name).slice(0, 3).map(describeCandidate);
  const files = configFiles({ ...names, proposal, others, sample: { ...sample, seen: sample.frame.length, columns: facts.length } });
  return { ...names, proposal, files, rows: sample.rows };
}

/** Reads again with dates and decimal commas that are text read as what they are, where there are any. */
async function withTypesInText(sample: Sample, context: PluginContext): Promise<Sample> {
  const facts = factsOf(sample.frame);
  const dates = new Map(facts.flatMap((one) => {
    const role = roleOf(one);
    return role.kind === "time" && role.formats !== null ? [[one.name, role.formats.formats] as const] : [];
  }));
  const decimalCommas = facts.filter(({ name, texts }) => texts !== null && !dates.has(name) && haveDecimalCommas(texts.distinctTexts)).map(({ name }) => name);
  if (dates.size === 0 && decimalCommas.length === 0) return sample;
  const again = await readSample(defaults, { ...sample.source, dates, decimalCommas }, context);
  return { ...again, mended: new Map([...sample.mended, ...again.mended]) };
}

/** Candidates for which leakage is looked at before one is chosen. */
const LOOKED_AT = 4;

interface Target {
  readonly name: string;
  readonly problem: TargetProblem;
}

async function chooseTarget(facts: readonly ColumnFacts[], candidates: readonly TargetCandidate[], answers: Answers): Promise<Target> {
  const name = await answers.target(candidates);
  if (name === null) {
    if (candidates[0] !== undefined) return candidates[0];
    throw new MillraceError({ code: "INIT_NO_TARGET", message: "No column of the file can be predicted: each is empty, constant, an id, a time, or text with a value of its own in every row.", mend: "Give a file with a column of classes or numbers to predict, or write the config by hand." });
  }
  const chosen = facts.find((one) => one.name === name);
  if (chosen === undefined) throw new MillraceError({ code: "INIT_TARGET", message: `The file has no column "${name}".`, mend: suggest(name, facts.map((one) => one.name)), facts: { column: name } });
  const problem = problemOf(chosen);
  if (problem !== null) return { name, problem };
  const found = chosen.distinct < 2 ? `has ${chosen.distinct === 0 ? "no value" : "one value only"}` : `holds ${chosen.texts === null ? "times" : `${count(chosen.distinct)} different texts, too many for classes`}`;
  throw new MillraceError({ code: "INIT_TARGET", message: `Column "${name}" cannot be predicted: it ${found}.`, mend: candidates.length === 0 ? "Give another file." : `Use one of: ${candidates.slice(0, 5).map((one) => quoted(one.name)).join(", ")}.`, facts: { column: name } });
}

/** The column to split by. Times that are missing in many rows would leave these out. */
async function chooseTime(facts: readonly ColumnFacts[], target: string, answers: Answers): Promise<string | null> {
  const times = facts.filter((one) => one.name !== target && one.dtype === "timestamp" && one.distinct > 2 && one.missing / one.rows <= 0.05);
  const names = [...times].sort((left, right) => timeScore(right) - timeScore(left)).map(({ name }) => name);
  const answer = await answers.time(names);
  if (answer === "none") return null;
  if (answer === null) return names[0] ?? null;
  if (facts.some(({ name, dtype }) => name === answer && dtype === "timestamp")) return answer;
  throw new MillraceError({ code: "INIT_TIME", message: `Column "${answer}" holds no times.`, mend: names.length === 0 ? "Leave --time out: no column of the file does." : `Use one of: ${names.map(quoted).join(", ")}, or none.`, facts: { column: answer } });
}

/** Times of what happened first tell when a row was known; those of what came after do not. */
function timeScore({ name, missing, rows }: ColumnFacts): number {
  return (/(?:^|[\s_.-])(?:created|time|date|timestamp|as of|as_of|at|day|when)(?:$|[\s_.-])/i.test(name) ? 1 : 0) - (/(?:updated|modified|closed|ended|end|deleted|shipped|delivered|birth)/i.test(name) ? 2 : 0) - (4 * missing) / rows;
}

/** What tells a target, by the check that a run makes; asked for one target twice, it looks once. */
async function leakFinder({ frame }: Sample, facts: readonly ColumnFacts[], context: PluginContext): Promise<(target: Target) => Leaks> {
  const usable = facts.filter((one) => roleOf(one).kind !== "ignored").map((one) => one.name);
  const check = await createExtension(createRegistry(defaults), { kind: "check", name: "leakage", with: LEAKAGE }, context);
  const found = new Map<string, Leaks>();
  return ({ name, problem }) => {
    const leaks = found.get(name) ?? leaksOf(check, frame, name, problem, usable.filter((column) => column !== name));
    found.set(name, leaks);
    return leaks;
  };
}

function targetWhy(facts: readonly ColumnFacts[], { name, problem }: Target): string {
  const { missing, rows } = facts.find((one) => one.name === name)!;
  const without = missing === 0 ? "" : `; ${percent(missing / rows)} of the rows have none, and are left out`;
  const rare = problem.kind === "multiclass" && problem.rarestRows < 10 ? `; the rarest has ${problem.rarestRows} ${problem.rarestRows === 1 ? "row" : "rows"}, too few to judge by` : "";
  return `${problem.kind === "binary" ? "two classes" : problem.why}${rare}${without}`;
}

/** A candidate in a few words. */
export function describeCandidate({ name, problem, toldBy }: TargetCandidate): string {
  const kind = problem.kind === "regression" ? "regression" : problem.kind === "binary" ? "two classes" : `${problem.classes} classes`;
  return `${quoted(name)} (${kind}${toldBy.length === 0 ? "" : `; ${toldBy.map(quoted).join(", ")} alone ${toldBy.length === 1 ? "tells" : "tell"} it`})`;
}
