import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
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

/** The configs of the nearest folder that has one, from a folder upwards, in the order of their extensions. A library for it took 13 ms of a plan's start, for what of it was used here. */
function nearestConfigs(folder: string): readonly string[] {
  const found = EXTENSIONS.map((extension) => join(folder, NAME + extension)).filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
  return found.length > 0 || dirname(folder) === folder ? found : nearestConfigs(dirname(folder));
}

/** A config file by its path. Throws CONFIG_NOT_FOUND and what reading throws. */
export async function readConfigFile(file: string, modules: Modules): Promise<ConfigFile> {
  if (!existsSync(file)) throw new MillraceError({ code: "CONFIG_NOT_FOUND", message: `There is no config file ${file}.`, mend: "Mend the path, or leave it out to search from this folder upwards.", facts: { file } });
  const text = readFileSync(file, "utf8");
  // An empty config is a mistake, not a reason to take the one of a folder above.
  if (text.trim() === "") throw emptyFile(file);
  return read(file, text, modules);
}

function emptyFile(file: string): MillraceError {
  return new MillraceError({ code: "CONFIG_NO_OBJECT", message: `${file} is empty.`, mend: "Write an object with the keys schema, project and models.", facts: { file } });
}

/** The nearest `millrace.config.*` from a folder upwards. Throws CONFIG_NOT_FOUND, CONFIG_AMBIGUOUS and what reading throws. */
export async function findConfigFile(folder: string, modules: Modules): Promise<ConfigFile> {
  const found = nearestConfigs(resolve(folder));
  const [nearest] = found;
  if (nearest === undefined) {
    throw new MillraceError({
      code: "CONFIG_NOT_FOUND",
      message: `There is no ${NAME}.{ts,mts,js,mjs,json,yaml,yml} in ${resolve(folder)} or above it.`,
      mend: `Create ${join(resolve(folder), `${NAME}.ts`)}, or name a config with --config <file>.`,
      facts: { folder: resolve(folder) },
    });
  }
  const config = await readConfigFile(nearest, modules);
  if (found.length > 1) {
    throw new MillraceError({
      code: "CONFIG_AMBIGUOUS",
      message: `There are several configs in one folder: ${found.map((file) => basename(file)).join(", ")}.`,
      mend: "Keep one of them, or name it with --config <file>.",
      facts: { files: found },
    });
  }
  return config;
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
