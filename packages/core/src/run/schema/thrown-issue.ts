import { MillraceError } from "../../errors/millrace-error.js";
import type { IssueSpec } from "../../config/issue.js";
import { leavesOf, type Path } from "../../config/path.js";

/** What an extension said to the schema, as a mistake of the config. Anything that is no MillraceError is the extension's own fault, and is thrown on. */
export function thrownIssue(error: unknown, path: Path, plugin: string): IssueSpec {
  if (!MillraceError.is(error)) throw error;
  return { path, message: error.message, mend: error.mend, plugin };
}

/** The column that an error speaks of; null where it names none. */
export function columnOf(error: unknown): string | null {
  const column = MillraceError.is(error) ? error.facts["column"] : null;
  return typeof column === "string" ? column : null;
}

/** Where a text stands among options; `path` itself where it stands nowhere. */
export function placeOfText(options: unknown, text: string | null, path: Path): Path {
  const found = text === null ? undefined : [...leavesOf(options)].find(([, value]) => value === text);
  return found === undefined ? path : [...path, "with", ...found[0]];
}
