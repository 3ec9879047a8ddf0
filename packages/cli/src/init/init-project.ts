import { join, relative, resolve, sep } from "node:path";
import { MillraceError, type Log } from "@millrace/core";
import { count } from "../print/number.js";
import { quoted } from "./column-role.js";
import { projectFiles } from "./project-files.js";
import { proposeProject, type Answers, type ProposedProject } from "./propose-project.js";
import { namesIn, textOf, writeFiles, type Written } from "./write-files.js";

export interface InitProject {
  /** As the user names it, from `here`. */
  readonly from: string;
  /** Where to write. */
  readonly folder: string;
  /** The working directory. */
  readonly here: string;
  readonly project: string | null;
  readonly model: string | null;
  /** A config that is there is written over. */
  readonly force: boolean;
  readonly log: Log;
}

const CONFIG = "millrace.config.ts";

/** A config for a file of rows, and the files beside it. Throws INIT_EXISTS, INIT_WRITE and what proposing throws. */
export async function initProject(init: InitProject, answers: Answers): Promise<Written> {
  const { folder, here, force } = init;
  refuseConfig(folder, force);
  const proposed = await proposeProject({ ...init, file: fileFrom(init.from, here, folder) }, answers);
  const existing = (name: string): string | null => textOf(join(folder, name));
  const beside = projectFiles(proposed.project, proposed.model, existing);
  const query = [...proposed.files.keys()].find((name) => name !== CONFIG && existing(name) !== null);
  if (query !== undefined && !force) throw new MillraceError({ code: "INIT_EXISTS", message: `${join(folder, query)} is there already.`, mend: "Remove it, name the model otherwise with --model, or write over it with --force.", facts: { folder } });
  // What is only added to was read before.
  writeFiles(folder, new Map([...beside, ...proposed.files]), new Set([...(force ? proposed.files.keys() : []), ".npmrc", ".gitignore"]));
  const { project, model, rows, proposal } = proposed;
  return { facts: { project, model, rows, target: proposal.target.value, problem: proposal.problem.kind, split: proposal.split.use }, folder, files: [...proposed.files.keys(), ...beside.keys()], notes: notesOf(proposed), next: nextOf(relative(here, folder), beside.has("package.json")) };
}

/** Throws INIT_EXISTS: a config is written over only where that is asked for, and then in its own format only. */
function refuseConfig(folder: string, force: boolean): void {
  const found = namesIn(folder).find((name) => /^millrace\.config\.(?:m?[jt]s|json|ya?ml)$/.test(name) && !(force && name === CONFIG));
  if (found === undefined) return;
  const mend = found === CONFIG ? "Write over it with --force, or name another folder with --folder." : "Remove it, or name another folder with --folder.";
  throw new MillraceError({ code: "INIT_EXISTS", message: `${join(folder, found)} is there already.`, mend, facts: { folder, file: found } });
}

/** The file as the config names it: relative to its folder, with slashes. */
function fileFrom(from: string, here: string, folder: string): string {
  if (from.startsWith("npm:")) return from;
  const path = relative(folder, resolve(here, from)).split(sep).join("/");
  return path.startsWith("../") || /^(?:[A-Za-z]:|\/)/.test(path) ? path : `./${path}`;
}

function notesOf({ rows, model, proposal: { target, problem, split, ignore, warnings } }: ProposedProject): readonly string[] {
  return [
    `${count(rows)} rows; ${model} predicts ${quoted(target.value)} (${problem.kind})`,
    `split ${split.use === "random" ? "at random" : `by ${split.use}`}; ${ignore.length === 0 ? "no column is ignored" : `ignored: ${ignore.map(({ value }) => quoted(value)).join(", ")}`}`,
    ...warnings.map((warning) => `look at this: ${warning}`),
  ];
}

/** With a package.json of ours there is something to install first. */
function nextOf(folder: string, isNew: boolean): readonly string[] {
  return [...(folder === "" ? [] : [`cd ${folder}`]), ...(isNew ? ["npm install"] : []), "npx millrace run"];
}
