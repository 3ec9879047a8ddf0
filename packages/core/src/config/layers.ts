import { dirname, isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createJiti } from "./jiti.js";
import { MillraceError } from "../errors/millrace-error.js";
import { formatPlace, nearestPlace, type ConfigFile } from "./config-file.js";
import { readConfigFile } from "./find.js";
import { mergeOver, treeOf } from "./merge.js";
import type { LayerSource } from "./origin.js";
import { formatPath, isTree, parsePath, type Path, type Tree } from "./path.js";
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
  readonly file: ConfigFile;
}

/** Layers laid over each other. */
export interface MergedLayers {
  readonly value: Tree;
  readonly sources: ReadonlyMap<string, LayerSource>;
  /** Of every layer, base first. */
  readonly plugins: readonly PluginEntry[];
  readonly hasDefaults: boolean;
}

/** A name as a file beside the one that says it, else as a package seen from there. Throws CONFIG_EXTENDS. */
export function resolveFrom(from: ConfigFile, path: Path, name: string): string {
  const { file } = from;
  if (name.startsWith(".") || isAbsolute(name)) return resolve(dirname(file), name);
  try {
    return fileURLToPath(createJiti(file).esmResolve(name));
  } catch (cause) {
    throw new MillraceError({ code: "CONFIG_NO_PACKAGE", message: `${formatPlace(nearestPlace(from, path))} ${formatPath(path)}: names the package "${name}", which is not installed.`, mend: `Run: npm install ${name}. Or write a relative path: ./${name}.`, cause, facts: { ...nearestPlace(from, path), path: formatPath(path), name } });
  }
}

/** A file and all that it extends, the farthest base first. Throws CONFIG_EXTENDS, CONFIG_NO_PACKAGE and what reading throws. */
export async function withBases(file: ConfigFile, kind: LayerSource["kind"], modules: Modules, above: readonly string[] = []): Promise<readonly Layer[]> {
  const named = file.value["extends"];
  const names = named === undefined ? [] : Array.isArray(named) ? (named as readonly unknown[]) : [named];
  const chain = [...above, file.file];
  const layers: Layer[] = [];
  for (const [index, name] of names.entries()) {
    const path = Array.isArray(named) ? ["extends", index] : ["extends"];
    const base = typeof name === "string" ? resolveFrom(file, path, name) : null;
    if (base === null || chain.includes(base)) {
      throw new MillraceError({
        code: "CONFIG_EXTENDS",
        message: `${formatPlace(nearestPlace(file, path))} ${formatPath(path)}: ${base === null ? `must be a relative file or a package, found ${JSON.stringify(name)}.` : `configs extend each other in a circle: ${[...chain, base].join(" -> ")}.`}`,
        mend: base === null ? 'Write: extends: "./base.yaml".' : 'Remove "extends" from one of them.',
        facts: { ...nearestPlace(file, path), path: formatPath(path) },
      });
    }
    layers.push(...(await withBases(await readConfigFile(base, modules), "extends", modules, chain)));
  }
  return [...layers, { source: { kind, file }, value: file.value }];
}

function withoutPreamble(value: Tree): Tree {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !(PREAMBLE as readonly string[]).includes(key)));
}

function preambleError({ file }: LayerSource, key: string, found: unknown, allowed: string, mend: string): MillraceError {
  const place = file === null ? null : nearestPlace(file, [key]);
  const where = place === null ? "--set" : formatPlace(place);
  return new MillraceError({ code: "CONFIG_PREAMBLE", message: `${where} ${key}: must be ${allowed}, found ${JSON.stringify(found) ?? typeof found}.`, mend, facts: { ...place, path: key } });
}

function defaultsOf({ source, value }: Layer): boolean | undefined {
  const said = value["defaults"];
  if (said === undefined || typeof said === "boolean") return said;
  throw preambleError(source, "defaults", said, "true or false", "Write: defaults: false to begin without the embedded plugins, or leave it out.");
}

function pluginsOf({ source, value }: Layer): readonly PluginEntry[] {
  const named = value["plugins"];
  if (named === undefined || source.file === null) return [];
  if (!Array.isArray(named)) throw preambleError(source, "plugins", named, "a list", 'Write: plugins: [postgres()], or in YAML and JSON names of packages and files: ["./mine.ts"].');
  return named.map((entry, index) => ({ entry, path: ["plugins", index], file: source.file! }));
}

/** Lays layers over each other, the first undermost, and remembers who said what. Throws CONFIG_PREAMBLE. */
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
  const defaults = layers.map(defaultsOf).findLast((said) => said !== undefined);
  return { value: value as Tree, sources, plugins: layers.flatMap(pluginsOf), hasDefaults: defaults !== false };
}

/** `models.churn.train.with.l2=0.1` as a layer over others; the value is JSON where it is JSON, else text. Throws CONFIG_SET. */
export function setLayer(assignment: string, under: Tree): Layer {
  const at = assignment.indexOf("=");
  const path = at < 0 ? null : parsePath(assignment.slice(0, at).trim());
  const tree = path === null ? null : treeOf(under, path, jsonOrText(assignment.slice(at + 1)));
  if (!isTree(tree)) {
    throw new MillraceError({
      code: "CONFIG_SET",
      message: `--set ${assignment}: ${path === null ? "is no assignment" : "names no place in the config"}.`,
      mend: "Write --set models.<model>.train.with.<option>=<value>; items of lists go by number, and lists have no gaps.",
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
