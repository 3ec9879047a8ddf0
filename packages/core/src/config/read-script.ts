import { readFileSync } from "node:fs";
import { createJiti } from "jiti";
import { MillraceError } from "../errors/millrace-error.js";
import type { ConfigFile } from "./config-file.js";
import { formatPath, isTree } from "./path.js";
import { scriptLines } from "./script-lines.js";

/** Modules that a config may import though they are not installed beside it, by name: those that the running command is made of. */
export type Modules = Readonly<Record<string, Record<string, unknown>>>;

/** The default export of a script, else its exports. Throws CONFIG_SYNTAX and CONFIG_SCRIPT. */
export async function importScript(file: string, modules: Modules): Promise<unknown> {
  try {
    // Without the module cache: a config that changed on disk is read anew, also in a process that lives long.
    const jiti = createJiti(file, { moduleCache: false, virtualModules: modules });
    return await jiti.import(file, { default: true });
  } catch (cause) {
    throw scriptError(file, cause);
  }
}

function scriptError(file: string, cause: unknown): MillraceError {
  if (MillraceError.is(cause)) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const syntax = /ParseError: (.*?)\s*\n\s*(.*):(\d+):(\d+)/s.exec(message);
  if (syntax !== null) {
    const [, what, where, line] = syntax;
    return new MillraceError({
      code: "CONFIG_SYNTAX",
      message: `${where}:${line}: ${what}`,
      mend: `Mend the syntax at line ${line} of ${where}.`,
      cause,
      facts: { file: where, line: Number(line) },
    });
  }
  const missing = /Cannot find (?:module|package) '([^']+)'/.exec(message)?.[1];
  return new MillraceError({
    code: "CONFIG_SCRIPT",
    message: `${file} failed while it was loaded: ${message.split("\n")[0]}`,
    mend: missing === undefined ? `Mend ${file}; its stack is in the cause.` : `Install "${missing}" (npm install ${missing}), or mend its path in ${file}.`,
    cause,
    facts: { file },
  });
}

/** A config in TypeScript or JavaScript. Throws CONFIG_SYNTAX, CONFIG_SCRIPT and CONFIG_NO_OBJECT. */
export async function readScript(file: string, modules: Modules): Promise<ConfigFile> {
  const value = await importScript(file, modules);
  if (!isTree(value)) throw noObject(file);
  let lines: ReadonlyMap<string, number> | null = null;
  return {
    file,
    value: { ...value },
    line(path) {
      lines ??= scriptLines(readFileSync(file, "utf8"));
      return lines.get(formatPath(path)) ?? null;
    },
  };
}

export function noObject(file: string): MillraceError {
  return new MillraceError({
    code: "CONFIG_NO_OBJECT",
    message: `${file} holds no config: it must be one object${/\.[mc]?[jt]s$/.test(file) ? ", as its default export" : ""}.`,
    mend: /\.[mc]?[jt]s$/.test(file) ? "Write: export default defineConfig({ schema: 1, project: ..., models: { ... } })." : "Write an object with the keys schema, project and models.",
    facts: { file },
  });
}
