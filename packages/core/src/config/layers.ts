import { existsSync } from "node:fs";
import { dirname, isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createJiti } from "./jiti.js";
import { MillraceError } from "../errors/millrace-error.js";
import type { ConfigFile } from "./config-file.js";
import { readConfigFile } from "./find.js";
import { foundText } from "./found.js";
import { mergeOver, treeOf } from "./merge.js";
import type { LayerSource } from "./origin.js";
import { formatPath, isTree, parsePath, type Path, type Tree } from "./path.js";
import { preambleMistake, type PreambleMistake, type PreambleSpec } from "./preamble-mistake.js";
import type { Modules } from "./read-script.js";
import { PREAMBLE } from "./schema.js";

/** A file, or the command line, that says a part of the config. */
export interface Layer {
  readonly source: LayerSource;
  readonly value: Tree;
}

/** A plugin as a layer names it, and the file that does. */
export interface PluginEntry {
  readonly entry: unknown;
  readonly path: Path;
  readonly source: LayerSource & { readonly file: ConfigFile };
}

/** Layers laid over each other. */
export interface MergedLayers {
  readonly value: Tree;
  readonly sources: ReadonlyMap<string, LayerSource>;
  /** Of every layer, base first. */
  readonly plugins: readonly PluginEntry[];
  readonly hasDefaults: boolean;
  /** Of `plugins` and `defaults`. */
  readonly mistakes: readonly PreambleMistake[];
}

/** A name as a file beside the one that says it, else as a package seen from there; null where no such package is installed. */
export function resolveFrom({ file }: ConfigFile, name: string): string | null {
  if (name.startsWith(".") || isAbsolute(name)) return resolve(dirname(file), name);
  try {
    return fileURLToPath(createJiti(file).esmResolve(name));
  } catch {
    return null;
  }
}

/** What to tell of a package that is not there. */
export function noPackage(name: string): Pick<PreambleSpec, "code" | "message" | "mend" | "facts"> {
  return { code: "CONFIG_NO_PACKAGE", message: `names the package "${name}", which is not installed.`, mend: `Run: npm install ${name}. Or write a relative path: ./${name}.`, facts: { name } };
}

function baseOf(file: ConfigFile, path: Path, name: unknown, chain: readonly string[], source: LayerSource): string {
  const wrong = (message: string, mend: string): MillraceError => preambleMistake({ source, path, code: "CONFIG_EXTENDS", message, mend }).error;
  if (typeof name !== "string") throw wrong(`must be a relative file or a package, found ${foundText(name)}.`, 'Write: extends: "./base.yaml".');
  const base = resolveFrom(file, name);
  if (base === null) throw preambleMistake({ source, path, ...noPackage(name) }).error;
  if (!existsSync(base)) throw wrong(`names the file ${base}, which is not there.`, "Correct the path here, which starts at the folder of this file, or create the file.");
  if (chain.includes(base)) throw wrong(`configs extend each other in a circle: ${[...chain, base].join(" -> ")}.`, 'Remove "extends" from one of them.');
  return base;
}

/** A file and all that it extends, the farthest base first. Throws CONFIG_EXTENDS, CONFIG_NO_PACKAGE and what reading throws. */
export async function withBases(file: ConfigFile, kind: LayerSource["kind"], modules: Modules, above: readonly string[] = []): Promise<readonly Layer[]> {
  const named = file.value["extends"];
  const names = named === undefined ? [] : Array.isArray(named) ? (named as readonly unknown[]) : [named];
  const chain = [...above, file.file];
  const source: LayerSource = { kind, file };
  const layers: Layer[] = [];
  for (const [index, name] of names.entries()) {
    const base = baseOf(file, Array.isArray(named) ? ["extends", index] : ["extends"], name, chain, source);
    layers.push(...(await withBases(await readConfigFile(base, modules), "extends", modules, chain)));
  }
  return [...layers, { source, value: file.value }];
}

function withoutPreamble(value: Tree): Tree {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !(PREAMBLE as readonly string[]).includes(key)));
}

function mistakeOf(key: string, { source, value }: Layer, allowed: string, mend: string): PreambleMistake {
  return preambleMistake({ source, path: [key], code: "CONFIG_PREAMBLE", message: `must be ${allowed}, found ${foundText(value[key])}.`, mend });
}

/** What each layer says of the embedded plugins; where it is neither true nor false, nothing. */
function defaultsOf(layer: Layer): boolean | PreambleMistake | undefined {
  const said = layer.value["defaults"];
  if (said === undefined || typeof said === "boolean") return said;
  return mistakeOf("defaults", layer, "true or false", "Write: defaults: false to begin without the embedded plugins, or leave it out.");
}

function pluginsOf(layer: Layer): readonly PluginEntry[] | PreambleMistake {
  const named = layer.value["plugins"];
  const { file } = layer.source;
  if (named === undefined || file === null) return [];
  if (!Array.isArray(named)) return mistakeOf("plugins", layer, "a list", 'Write: plugins: [postgres()], or in YAML and JSON names of packages and files: ["./mine.ts"].');
  return named.map((entry, index) => ({ entry, path: ["plugins", index], source: { ...layer.source, file } }));
}

/** Lays layers over each other, the first undermost, and remembers who said what. */
export function mergeLayers(layers: readonly Layer[]): MergedLayers {
  // What no layer names stands, or would stand, in the main file.
  const main = layers.findLast(({ source }) => source.kind === "file") ?? layers.at(-1)!;
  const sources = new Map([["", main.source]]);
  let value: unknown = {};
  for (const layer of layers) {
    value = mergeOver(value, withoutPreamble(layer.value), [], (path) => {
      const taken = formatPath(path);
      for (const known of sources.keys()) if (known.startsWith(`${taken}.`) || known.startsWith(`${taken}[`)) sources.delete(known);
      sources.set(taken, layer.source);
    });
  }
  const defaults = layers.map(defaultsOf).filter((said) => said !== undefined);
  const plugins = layers.map(pluginsOf);
  return {
    value: value as Tree,
    sources,
    plugins: plugins.flatMap((said) => ("path" in said ? [] : said)),
    hasDefaults: defaults.findLast((said) => typeof said === "boolean") !== false,
    mistakes: [...defaults, ...plugins].filter((said) => typeof said === "object" && "path" in said),
  };
}

/** `models.churn.train.with.l2=0.1` as a layer over others; the value is JSON where it is JSON, else text. Throws CONFIG_SET. */
export function setLayer(assignment: string, under: Tree): Layer {
  const at = assignment.indexOf("=");
  const path = at < 0 ? null : parsePath(assignment.slice(0, at).trim());
  const tree = path === null ? null : treeOf(under, path, jsonOrText(assignment.slice(at + 1)));
  const [key] = path ?? [];
  const isOfFiles = key === "plugins" || key === "extends";
  if (!isTree(tree) || isOfFiles) {
    throw new MillraceError({
      code: "CONFIG_SET",
      message: `--set ${assignment}: ${path === null ? "is no assignment" : isOfFiles ? `${key} is taken from files alone` : "names no place in the config"}.`,
      mend: isOfFiles ? `Write ${key} in the config, or in an overlay that --env chooses.` : "Write --set models.<model>.train.with.<option>=<value>; items of lists go by number, and lists have no gaps.",
      facts: { assignment },
    });
  }
  return { source: { kind: "set", file: null }, value: tree };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
