import { createJiti } from "./jiti.js";
import { MillraceError } from "../errors/millrace-error.js";
import type { ConfigFile } from "./config-file.js";
import { formatPlace } from "./config-file.js";
import { isTree, type Tree } from "./path.js";
import { scriptPlaces } from "./script/script-places.js";

/** Modules that a config may import though they are not installed beside it, by name: those that the running command is made of. */
export type Modules = Readonly<Record<string, Record<string, unknown>>>;

/** What a script exports. Throws CONFIG_SYNTAX and CONFIG_SCRIPT. */
export async function exportsOf(file: string, modules: Modules): Promise<Tree> {
  try {
    // Without the module cache: a config that changed on disk is read anew, also in a process that lives long.
    const jiti = createJiti(file, { moduleCache: false, virtualModules: modules });
    return await jiti.import<Tree>(file);
  } catch (cause) {
    throw scriptError(file, cause);
  }
}

/** The default export of a script, else its exports. Throws CONFIG_SYNTAX and CONFIG_SCRIPT. */
export async function importScript(file: string, modules: Modules): Promise<unknown> {
  const exported = await exportsOf(file, modules);
  return "default" in exported ? exported["default"] : exported;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function scriptError(file: string, cause: unknown): MillraceError {
  if (MillraceError.is(cause)) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const syntax = /ParseError: (.*?)\s*\n\s*(.*):(\d+):(\d+)/s.exec(message);
  if (syntax !== null) {
    const [, what, where, line, column] = syntax;
    const place = { file: where!, line: Number(line), column: Number(column) + 1 };
    return new MillraceError({ code: "CONFIG_SYNTAX", message: `${formatPlace(place)}: ${what}`, mend: "Mend the syntax there.", cause, facts: { ...place } });
  }
  const missing = /Cannot find (?:module|package) '([^']+)'/.exec(message)?.[1];
  // What jiti runs keeps its lines, not its columns.
  const line = cause instanceof Error ? new RegExp(`at (?:.*\\()?${escaped(file)}:(\\d+):\\d+`).exec(cause.stack ?? "")?.[1] : undefined;
  const where = line === undefined ? file : `${file}:${line}`;
  return new MillraceError({
    code: "CONFIG_SCRIPT",
    message: `${where} failed while it was loaded: ${message.split("\n")[0]}`,
    mend: missing === undefined ? `Mend ${where}; --debug shows the stack.` : /^[./]/.test(missing) ? `Create "${missing}", or mend its path in ${where}.` : `Install "${missing}" (npm install ${missing}), or mend its name in ${where}.`,
    cause,
    facts: { file, line: line === undefined ? null : Number(line), missing: missing ?? null },
  });
}

/** A config in TypeScript or JavaScript. Throws CONFIG_SYNTAX, CONFIG_SCRIPT and CONFIG_NO_OBJECT. */
export async function readScript(file: string, modules: Modules): Promise<ConfigFile> {
  const exported = await exportsOf(file, modules);
  // jiti gives the exports themselves for a default that is not there; CommonJS has nothing else.
  const isNamed = !("default" in exported) && (exported["__esModule"] === true || Symbol.toStringTag in exported);
  const value = isNamed ? null : "default" in exported ? exported["default"] : exported;
  if (!isTree(value)) throw noObject(file, isNamed ? Object.keys(exported) : null);
  let places: ConfigFile["place"] | null = null;
  return {
    file,
    value: { ...value },
    place(path) {
      places ??= scriptPlaces(file, value);
      return places(path);
    },
  };
}

/** `named`: what a script exports where it has no default export. */
export function noObject(file: string, named: readonly string[] | null = null): MillraceError {
  const isScript = /\.[mc]?[jt]s$/.test(file);
  const why = named === null ? `it must be one object${isScript ? ", as its default export" : ""}` : `it has no default export${named.length === 0 ? "" : `, only ${named.map((name) => `"${name}"`).join(", ")}`}`;
  const [only] = named ?? [];
  return new MillraceError({
    code: "CONFIG_NO_OBJECT",
    message: `${file} holds no config: ${why}.`,
    mend: !isScript ? "Write an object with the keys schema, project and models." : only === undefined ? "Write: export default defineConfig({ schema: 1, project: ..., models: { ... } })." : `Write: export default ${only};`,
    facts: { file },
  });
}
