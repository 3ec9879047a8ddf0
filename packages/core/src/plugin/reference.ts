import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { MillraceError } from "../errors/millrace-error.js";
import { nearest } from "../errors/nearest.js";

/** `${env:NAME}`, `${env:NAME:-default}` or `${file:path}` anywhere in a text. */
const REFERENCE = /\$\{(env|file):([^}]*)\}/g;

/** Where references look: the environment by name, and the folder at which relative paths start. */
export interface ReferenceScope {
  readonly folder: string;
  env(name: string): string | undefined;
  /** Names to suggest where one is not set. */
  readonly names: () => readonly string[];
}

export function hasReference(text: string): boolean {
  return text.includes("${env:") || text.includes("${file:");
}

/** The references of a text, without their defaults: what may be shown of a secret. */
export function bareReferences(text: string): readonly string[] {
  return [...text.matchAll(REFERENCE)].map(([, kind, body]) => `\${${kind}:${body!.split(":-")[0]}}`);
}

/** The process's environment alone. */
export function processScope(folder: string): ReferenceScope {
  return { folder, env: (name) => process.env[name], names: () => Object.keys(process.env) };
}

function fromEnvironment(body: string, whole: string, scope: ReferenceScope): string {
  const at = body.indexOf(":-");
  const name = at < 0 ? body : body.slice(0, at);
  const found = scope.env(name);
  // As in a shell, an empty value takes the default too.
  if (found !== undefined && (found !== "" || at < 0)) return found;
  if (at >= 0) return body.slice(at + 2);
  // The names of an environment are no list to choose from, but for a near one.
  const near = nearest(name, scope.names());
  throw new MillraceError({
    code: "CONFIG_ENV_MISSING",
    message: `The environment has no ${name}, which ${whole} refers to.`,
    mend: `${near === null ? "" : `Did you mean "${near}"? `}Set ${name} in the environment or in a file that the key "env" names, or give a default: \${env:${name}:-default}.`,
    facts: { name },
  });
}

function fromFile(path: string, whole: string, scope: ReferenceScope): string {
  const file = resolve(scope.folder, path);
  try {
    // One line end at the end belongs to the file, not to the value.
    return readFileSync(file, "utf8").replace(/\r?\n$/, "");
  } catch (cause) {
    throw new MillraceError({
      code: "CONFIG_FILE_MISSING",
      message: `The file ${file}, which ${whole} refers to, cannot be read.`,
      mend: `Create ${file}, or mend the path; it starts at the folder of the config file.`,
      cause,
      facts: { file },
    });
  }
}

/** The text with its references replaced. Throws CONFIG_ENV_MISSING and CONFIG_FILE_MISSING. */
export function expandReferences(text: string, scope: ReferenceScope): string {
  if (!hasReference(text)) return text;
  return text.replace(REFERENCE, (whole, kind: string, body: string) => (kind === "env" ? fromEnvironment(body, whole, scope) : fromFile(body, whole, scope)));
}
