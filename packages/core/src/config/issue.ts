import { relative } from "node:path";
import type { Json } from "../contracts/json.js";
import { MillraceError } from "../errors/millrace-error.js";
import { nearest } from "../errors/nearest.js";
import { CORE } from "../plugin/core-name.js";
import type { Origin } from "./origin.js";
import type { Path } from "./path.js";

/** One mistake in a config. */
export interface ConfigIssue {
  /** `models.delays.train.with.l2` */
  readonly path: string;
  /** Who says it: a file, or for instance `set`. */
  readonly origin: Origin["kind"];
  /** Null where no file says it. */
  readonly file: string | null;
  /** From 1, as columns are. */
  readonly line: number | null;
  readonly column: number | null;
  /** The reference from which the value came: `${env:L2}`; null where it was written as it is. */
  readonly reference: string | null;
  /** One sentence, without the path. */
  readonly message: string;
  /** Null where nothing was found, or where it may be a secret. */
  readonly found: Json;
  /** Names, where a closed list is allowed; else a few words. */
  readonly allowed: readonly string[] | string | null;
  readonly nearest: string | null;
  /** An imperative sentence. */
  readonly mend: string;
  /** The plugin whose rule it is. */
  readonly plugin: string;
}

/** A mistake before its place in a file is known. */
export type IssueSpec = Pick<ConfigIssue, "message" | "mend"> & {
  readonly path: Path;
  /** Where a mistyped key was meant to stand: what is missing there follows from it. */
  readonly meant?: Path;
  /** Nothing is known of the value here, so that what else is said of it, or of what is in it, follows from this. */
  readonly hides?: Path;
  /** The column of the data that it speaks of, so that its place there can be told. */
  readonly about?: string;
} & Partial<Pick<ConfigIssue, "found" | "allowed" | "nearest" | "plugin">>;

/** Names that a line shows at most. */
const MOST_NAMES = 30;

/** A name that is not among those allowed. */
export function unknownName(path: Path, what: string, found: string, allowed: readonly string[], otherwise: string): IssueSpec {
  const near = nearest(found, allowed);
  return {
    path,
    message: `${what}.`,
    found,
    allowed,
    nearest: near,
    mend: near === null ? `${allowed.length === 0 ? "" : `Use one of: ${namesOf(allowed)}. `}${otherwise}` : `Did you mean "${near}"? ${otherwise}`,
  };
}

function namesOf(names: readonly string[]): string {
  return `${names.slice(0, MOST_NAMES).join(", ")}${names.length > MOST_NAMES ? ", ..." : ""}`;
}

/** Where a mistake stands: file, line and path, or who says it. */
export function placeText({ origin, file, line, column, path }: ConfigIssue, folder: string): string {
  if (file !== null) return `${relative(folder, file) || file}:${line}:${column} ${path}`;
  return origin === "set" ? `--set ${path}` : origin === "hook" ? `${path} (set by a plugin's hook)` : path;
}

/** One line: where, what, what is allowed, what to do, and whose rule it is. */
function lineOf(issue: ConfigIssue, folder: string): string {
  const { message, mend, allowed, reference, plugin } = issue;
  const from = reference === null ? "" : ` It comes from ${reference}.`;
  // A mend without a near name lists the names itself, and a sentence says the few words.
  const names = typeof allowed === "string" || allowed === null || allowed.length === 0 || mend.includes("one of:") ? "" : ` Allowed: ${namesOf(allowed)}.`;
  const owner = plugin === CORE ? "" : ` (${plugin})`;
  return `${placeText(issue, folder)}: ${message}${from} ${mend}${names}${owner}`;
}

/** All mistakes at once. */
export function configInvalid(issues: readonly ConfigIssue[], folder: string): MillraceError {
  const lines = issues.map((issue) => `  ${lineOf(issue, folder)}`);
  return new MillraceError({
    code: "CONFIG_INVALID",
    message: `The config has ${issues.length === 1 ? "a mistake" : `${issues.length} mistakes`}; nothing was started.\n${lines.join("\n")}`,
    mend: issues.length === 1 ? issues[0]!.mend : "Mend them all, then run it again; `millrace plan` checks and starts nothing.",
    facts: { issues },
  });
}
