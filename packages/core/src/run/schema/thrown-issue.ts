import { MillraceError } from "../../errors/millrace-error.js";
import { failedBelow } from "../../config/failed-place.js";
import type { IssueSpec } from "../../config/issue.js";
import { leavesOf, type Path } from "../../config/path.js";

/** What an extension said to the schema, as a mistake of the config. What it failed in is its own fault, and is thrown on with the path. */
export function thrownIssue(error: unknown, path: Path, plugin: string): IssueSpec {
  if (!MillraceError.is(error) || error.code === "PLUGIN_FAILED") throw failedBelow(error, path);
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
