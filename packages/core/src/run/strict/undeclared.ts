import { MillraceError } from "../../errors/millrace-error.js";
import type { UndeclaredRead } from "./reads.js";

/** The error of reads; `reader` begins its sentence: `The task "delays/train"`. A read of the whole environment stands for those of its variables. */
export function undeclared(reader: string, reads: readonly UndeclaredRead[], facts: Readonly<Record<string, unknown>>): MillraceError {
  const isWhole = reads.some(({ kind, name }) => kind === "environment" && name === "*");
  const told = reads.filter(({ kind, name }) => kind === "file" || !isWhole || name === "*");
  const texts = told.map(({ kind, name, plugin }) => `${kind === "file" ? `the file ${name}` : name === "*" ? "the whole environment" : `the environment variable ${name}`} (plugin "${plugin}")`);
  const mends = told.map(({ kind, name }) => (kind === "file" ? `{ file: ${JSON.stringify(name)} }` : `"\${env:${name === "*" ? "NAME" : name}}"`));
  return new MillraceError({
    code: "STRICT_UNDECLARED",
    message: `${reader} read what no key holds: ${texts.join(", ")}.`,
    mend: `Let the plugin take it as an option, and give that option in the config as ${[...new Set(mends)].join(", ")}; data belongs in a source.`,
    facts: { ...facts, reads: told },
  });
}
