import { MillraceError } from "../errors/millrace-error.js";
import { placeText } from "./issue.js";
import { placed } from "./issue-list.js";
import type { Path } from "./path.js";
import type { ResolvedConfig } from "./resolved-config.js";

/** A failure of an extension (PLUGIN_FAILED) that the config names at a path, or below it where the failure knows a path already; any other error as it is. */
export function failedBelow(error: unknown, path: Path): unknown {
  if (!MillraceError.is(error, "PLUGIN_FAILED")) return error;
  const below = Array.isArray(error.facts["path"]) ? (error.facts["path"] as Path) : [];
  return changed(error, error.message, [...path, ...below]);
}

/** The same with the place in its message, as a mistake of the config has it. */
export function placedFailure(error: unknown, { origins, folder }: Pick<ResolvedConfig, "origins" | "folder">): unknown {
  if (!MillraceError.is(error, "PLUGIN_FAILED") || !Array.isArray(error.facts["path"])) return error;
  const issue = placed({ path: error.facts["path"] as Path, message: error.message, mend: error.mend }, origins);
  return changed(error, `${placeText(issue, folder)}: ${error.message}`, issue.path);
}

function changed({ code, mend, cause, facts }: MillraceError, message: string, path: Path | string): MillraceError {
  return new MillraceError({ code, message, mend, cause, facts: { ...facts, path } });
}
