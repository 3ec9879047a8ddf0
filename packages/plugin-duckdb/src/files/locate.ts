import { readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { MillraceError, suggest } from "@millrace/core/plugin";

/** A file to read. */
export interface LocatedFile {
  /** What it is called in messages and partitions: relative to the config, never an absolute path. */
  readonly name: string;
  readonly path: string;
}

/**
 * The files that a path, glob or list of them names, sorted by name. Paths are relative to `folder` or `npm:<package>/<path>`.
 * Throws SOURCE_NO_FILE where one is not there, or a glob finds none.
 */
export async function locateFiles(patterns: string | readonly string[], folder: string): Promise<readonly LocatedFile[]> {
  const byPath = new Map<string, LocatedFile>();
  for (const pattern of typeof patterns === "string" ? [patterns] : patterns)
    for (const file of await locate(pattern, folder)) if (!byPath.has(file.path)) byPath.set(file.path, file);
  return distinctNames([...byPath.values()]).sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** Globs, for what is no plain relative path: most sources name their files. */
const loadGlobs = () => import("tinyglobby");

async function locate(pattern: string, folder: string): Promise<readonly LocatedFile[]> {
  const npm = pattern.startsWith("npm:") ? packageFolder(pattern, folder) : null;
  const root = npm?.root ?? folder;
  const wanted = npm?.path ?? pattern;
  const top = isAbsolute(pattern) ? await stableRoot(pattern) : folder;
  const nameOf = (path: string): string => (npm === null ? slashed(relative(top, path)) : `npm:${npm.name}/${slashed(relative(root, path))}`);
  const plain = resolve(root, wanted);
  const kind = statSync(plain, { throwIfNoEntry: false });
  if (kind?.isFile() === true) return [{ name: nameOf(plain), path: plain }];
  if (kind?.isDirectory() === true) throw noFile(pattern, `"${pattern}" is a folder.`, `Name its files with a glob, for example "${pattern.replace(/\/$/, "")}/*.parquet".`);
  const { glob, isDynamicPattern } = await loadGlobs();
  if (!isDynamicPattern(wanted)) throw noFile(pattern, `There is no file "${pattern}"${npm === null ? ` (looked for ${plain})` : ""}.`, nearestFile(plain));
  const found = await glob(wanted.split(sep).join("/"), { cwd: root, absolute: true, onlyFiles: true, dot: false, expandDirectories: false });
  if (found.length === 0) throw noFile(pattern, `No file matches "${pattern}".`, "Check the folder and the extension in the glob; files and folders that begin with a dot are not matched.");
  return found.map((path) => ({ name: nameOf(resolve(path)), path: resolve(path) }));
}

/** The folder of an installed package, by Node's own search from the config's folder; its `exports` do not matter for data files. */
function packageFolder(reference: string, folder: string): { readonly name: string; readonly root: string; readonly path: string } {
  const parts = reference.slice("npm:".length).split("/");
  const name = parts.splice(0, parts[0]!.startsWith("@") ? 2 : 1).join("/");
  const path = parts.join("/");
  if (name === "" || path === "" || parts.includes(".."))
    throw noFile(reference, `"${reference}" names no file of a package.`, 'Write "npm:<package>/<path in the package>", for example "npm:vega-datasets/data/airports.csv".');
  for (const modules of createRequire(join(folder, "millrace.config.js")).resolve.paths(name) ?? []) {
    const root = join(modules, name);
    if (statSync(root, { throwIfNoEntry: false })?.isDirectory() === true) return { name, root, path };
  }
  throw noFile(reference, `The package "${name}" is not installed for ${folder}.`, `Run: npm install ${name}`);
}

/** The folders of an absolute pattern before its first glob part. */
async function stableRoot(pattern: string): Promise<string> {
  const { isDynamicPattern } = await loadGlobs();
  const parts = pattern.split("/");
  const first = parts.findIndex((part) => isDynamicPattern(part));
  return first === -1 ? dirname(pattern) : parts.slice(0, first).join("/") || "/";
}

/** Two files of one name (from absolute patterns only) get their place behind it. */
function distinctNames(files: readonly LocatedFile[]): LocatedFile[] {
  const seen = new Map<string, number>();
  return files.map((file) => {
    const times = (seen.get(file.name) ?? 0) + 1;
    seen.set(file.name, times);
    return times === 1 ? file : { ...file, name: `${file.name}#${times}` };
  });
}

function nearestFile(path: string): string {
  const folder = dirname(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return `There is no folder "${folder}" either: check the path; it starts at the config's folder.`;
  return suggest(basename(path), readdirSync(folder));
}

function noFile(pattern: string, message: string, mend: string): MillraceError {
  return new MillraceError({ code: "SOURCE_NO_FILE", message, mend, facts: { path: pattern } });
}

function slashed(path: string): string {
  return path.split(sep).join("/");
}
