import { relative } from "node:path";
import type { Json } from "../contracts/json.js";
import { MillraceError } from "../errors/millrace-error.js";
import { nearest } from "../errors/nearest.js";

/** One mistake in a config. */
export interface ConfigIssue {
  /** `models.delays.train.with.l2` */
  readonly path: string;
  readonly file: string | null;
  readonly line: number | null;
  /** One sentence, without the path. */
  readonly message: string;
  /** Null where nothing was found, or where it may be a secret. */
  readonly found: Json;
  /** Names, where a closed list is allowed; else a few words. */
  readonly allowed: readonly string[] | string | null;
  readonly nearest: string | null;
  /** An imperative sentence. */
  readonly mend: string;
}

/** A mistake before its place in a file is known. */
export type IssueSpec = Pick<ConfigIssue, "message" | "mend"> & { readonly path: readonly (string | number)[] } & Partial<Pick<ConfigIssue, "found" | "allowed" | "nearest">>;

/** A name that is not among those allowed. */
export function unknownName(path: IssueSpec["path"], what: string, found: string, allowed: readonly string[], otherwise: string): IssueSpec {
  const near = nearest(found, allowed);
  return {
    path,
    message: `${what}.`,
    found,
    allowed,
    nearest: near,
    mend: near === null ? `${allowed.length === 0 ? "" : `Use one of: ${allowed.slice(0, 30).join(", ")}. `}${otherwise}` : `Did you mean "${near}"? ${otherwise}`,
  };
}

function place(issue: ConfigIssue, folder: string): string {
  if (issue.file === null) return issue.path;
  return `${relative(folder, issue.file) || issue.file}${issue.line === null ? "" : `:${issue.line}`} ${issue.path}`;
}

/** All mistakes at once. */
export function configInvalid(issues: readonly ConfigIssue[], folder: string): MillraceError {
  const lines = issues.map((issue) => `  ${place(issue, folder)}: ${issue.message} ${issue.mend}`);
  return new MillraceError({
    code: "CONFIG_INVALID",
    message: `The config has ${issues.length === 1 ? "a mistake" : `${issues.length} mistakes`}; nothing was started.\n${lines.join("\n")}`,
    mend: issues.length === 1 ? issues[0]!.mend : "Mend them all, then run it again; `millrace config` checks the config alone.",
    facts: { issues },
  });
}
