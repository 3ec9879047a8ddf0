import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, dirname, extname, join, parse, resolve } from "node:path";
import { cosmiconfig } from "cosmiconfig";
import { MillraceError } from "../errors/millrace-error.js";
import { suggest } from "../errors/nearest.js";
import type { ConfigFile } from "./config-file.js";
import { readScript, type Modules } from "./read-script.js";

/** In the order in which they are looked for. */
export const EXTENSIONS = [".ts", ".mts", ".js", ".mjs", ".json", ".yaml", ".yml"] as const;

const NAME = "millrace.config";

/** Reads a file by its extension. Throws CONFIG_SYNTAX, CONFIG_SCRIPT, CONFIG_NO_OBJECT and CONFIG_FORMAT. */
async function read(file: string, text: string, modules: Modules): Promise<ConfigFile> {
  switch (extname(file)) {
    // The parser is loaded for a config that needs it: 70 files that one in TypeScript never asks for.
    case ".json":
      return (await import("./read-yaml.js")).readJson(file, text);
    case ".yaml":
    case ".yml":
      return (await import("./read-yaml.js")).readYaml(file, text);
    case ".ts":
    case ".mts":
    case ".js":
    case ".mjs":
      return readScript(file, modules);
    default:
      throw new MillraceError({ code: "CONFIG_FORMAT", message: `${file} has no format that a config can have.`, mend: `Use one of: ${EXTENSIONS.join(", ")}.`, facts: { file } });
  }
}

function explorer(modules: Modules): ReturnType<typeof cosmiconfig> {
  const loader = (file: string, text: string): Promise<ConfigFile> => read(file, text, modules);
  return cosmiconfig("millrace", {
    searchPlaces: EXTENSIONS.map((extension) => NAME + extension),
    loaders: { ...Object.fromEntries(EXTENSIONS.map((extension) => [extension, loader])), default: loader, noExt: loader },
    searchStrategy: "global",
    // An empty config is a mistake, not a reason to take the one of a folder above.
    ignoreEmptySearchPlaces: false,
    stopDir: parse(process.cwd()).root,
    cache: false,
  });
}

/** A config file by its path. Throws CONFIG_NOT_FOUND and what reading throws. */
export async function readConfigFile(file: string, modules: Modules): Promise<ConfigFile> {
  if (!existsSync(file)) throw new MillraceError({ code: "CONFIG_NOT_FOUND", message: `There is no config file ${file}.`, mend: "Mend the path, or leave it out to search from this folder upwards.", facts: { file } });
  // cosmiconfig takes an empty file for nothing found.
  if (readFileSync(file, "utf8").trim() === "") throw emptyFile(file);
  const found = await explorer(modules).load(file);
  return found!.config as ConfigFile;
}

function emptyFile(file: string): MillraceError {
  return new MillraceError({ code: "CONFIG_NO_OBJECT", message: `${file} is empty.`, mend: "Write an object with the keys schema, project and models.", facts: { file } });
}

/** The nearest `millrace.config.*` from a folder upwards. Throws CONFIG_NOT_FOUND, CONFIG_AMBIGUOUS and what reading throws. */
export async function findConfigFile(folder: string, modules: Modules): Promise<ConfigFile> {
  const found = await explorer(modules).search(resolve(folder));
  // The search ends in a folder of the user's settings, which is none of a project's.
  if (found === null || !basename(found.filepath).startsWith(NAME)) {
    throw new MillraceError({
      code: "CONFIG_NOT_FOUND",
      message: `There is no ${NAME}.{ts,mts,js,mjs,json,yaml,yml} in ${resolve(folder)} or above it.`,
      mend: `Create ${join(resolve(folder), `${NAME}.ts`)}, or name a config with --config <file>.`,
      facts: { folder: resolve(folder) },
    });
  }
  if (found.isEmpty === true) throw emptyFile(found.filepath);
  const rivals = EXTENSIONS.map((extension) => join(dirname(found.filepath), NAME + extension)).filter((file) => existsSync(file));
  if (rivals.length > 1) {
    throw new MillraceError({
      code: "CONFIG_AMBIGUOUS",
      message: `There are several configs in one folder: ${rivals.map((file) => basename(file)).join(", ")}.`,
      mend: "Keep one of them, or name it with --config <file>.",
      facts: { files: rivals },
    });
  }
  return found.config as ConfigFile;
}

/** The overlay of an environment, beside the config: `millrace.config.production.yaml`. Throws CONFIG_NO_OVERLAY and what reading throws. */
export async function readOverlay(config: string, env: string, modules: Modules): Promise<ConfigFile> {
  const stem = basename(config, extname(config));
  const files = EXTENSIONS.map((extension) => join(dirname(config), `${stem}.${env}${extension}`)).filter((file) => existsSync(file));
  const others = readdirSync(dirname(config)).flatMap((name) => (name.startsWith(`${stem}.`) && EXTENSIONS.some((extension) => name.endsWith(extension)) ? [name.slice(stem.length + 1, -extname(name).length)] : []));
  if (files.length === 1) return readConfigFile(files[0]!, modules);
  throw new MillraceError({
    code: files.length === 0 ? "CONFIG_NO_OVERLAY" : "CONFIG_AMBIGUOUS",
    message: files.length === 0 ? `There is no overlay ${stem}.${env}.* beside ${config}.` : `There are several overlays: ${files.map((file) => basename(file)).join(", ")}.`,
    mend: files.length === 0 ? `Create ${stem}.${env}.ts, or choose another with --env (MILLRACE_ENV). ${suggest(env, others.filter((name) => name !== ""))}` : "Keep one of them.",
    facts: { env, files },
  });
}
