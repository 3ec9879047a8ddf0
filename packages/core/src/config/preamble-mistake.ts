import { MillraceError } from "../errors/millrace-error.js";
import { nearestPlace, formatPlace, type ConfigFile } from "./config-file.js";
import { CORE } from "../plugin/core-name.js";
import { configInvalid, type ConfigIssue } from "./issue.js";
import { inOrder } from "./issue-list.js";
import type { LayerSource } from "./origin.js";
import { formatPath, type Path } from "./path.js";

/** A mistake of `plugins` or `defaults`, which are read before the rest. The rest is read all the same, to tell its mistakes too. */
export interface PreambleMistake {
  readonly path: Path;
  /** As one of all. */
  readonly issue: ConfigIssue;
  /** Where there is no other. */
  readonly error: MillraceError;
}

export interface PreambleSpec {
  readonly source: LayerSource;
  readonly path: Path;
  readonly code: string;
  /** One sentence, without the path. */
  readonly message: string;
  readonly mend: string;
  readonly cause?: unknown;
  readonly facts?: MillraceError["facts"];
}

export function preambleMistake({ source, path, message, facts, ...spec }: PreambleSpec): PreambleMistake {
  const place = source.file === null ? null : nearestPlace(source.file, path);
  const issue: ConfigIssue = { path: formatPath(path), origin: source.kind, file: null, line: null, column: null, ...place, reference: null, message, found: null, allowed: null, nearest: null, mend: spec.mend, plugin: CORE };
  const where = place === null ? "--set" : formatPlace(place);
  return { path, issue, error: new MillraceError({ ...spec, message: `${where} ${issue.path}: ${message}`, facts: { ...facts, ...place, path: issue.path } }) };
}

/** What was thrown for an entry of `plugins`, in its place. An error that tells a place itself stays as it is. */
export function thrownMistake(error: MillraceError, source: LayerSource & { readonly file: ConfigFile }, path: Path): PreambleMistake {
  const { code, message, mend, cause, facts } = error;
  const placed = preambleMistake({ source, path, code, message, mend, cause, facts });
  return typeof facts["file"] === "string" ? { ...placed, error } : placed;
}

/** One mistake as its own error, several at once. */
export function throwPreamble(mistakes: readonly PreambleMistake[], folder: string): void {
  const [first, ...others] = mistakes;
  if (first === undefined) return;
  throw others.length === 0 ? first.error : configInvalid(inOrder(mistakes.map(({ issue }) => issue)), folder);
}
