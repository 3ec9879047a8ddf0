import { basename, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { codeFiles, isCode } from "../../plugin/code-digest.js";
import type { Registry } from "../../plugin/registry.js";

/** What is read. */
export interface Read {
  readonly kind: "environment" | "file";
  /** The variable (`*`: all of them), or the absolute path. */
  readonly name: string;
}

/** Whose code asks right now, by the stack; null where it is none of a plugin's, or Millrace's own asks on its behalf. */
export type Blame = (read: Read) => string | null;

const FRAMES = 60;
const HERE = fileURLToPath(new URL(".", import.meta.url));
const LOADER = "node:internal/modules/";
const JITI = `${sep}node_modules${sep}jiti${sep}`;

/** Files of the frames above the caller, innermost first; of node's own only the loader of modules. */
function callers(): readonly string[] {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = FRAMES;
  Error.prepareStackTrace = (_, frames) => frames.map((frame) => frame.getFileName() ?? "");
  const { stack } = new Error() as unknown as { readonly stack: readonly string[] };
  Error.stackTraceLimit = stackTraceLimit;
  Error.prepareStackTrace = prepareStackTrace;
  const files = stack.map((file) => (file.startsWith("file:") ? fileURLToPath(file) : file));
  return files.filter((file) => file !== "" && !file.startsWith(HERE) && (!file.startsWith("node:") || file.startsWith(LOADER)));
}

/** What loads modules: node, and jiti, which reads variables for itself too. */
function isLoader(file: string): boolean {
  return file.startsWith(LOADER) || file.includes(JITI);
}

/** A data file that code takes by `require`: no code, though a loader reads it. */
function isRequiredData({ kind, name }: Read): boolean {
  return kind === "file" && name.endsWith(".json") && basename(name) !== "package.json";
}

/** The innermost file that asks, of none of node's; null where a loader asks for a module. For what loads before it is known whose it is. */
export function blameFile(read: Read): string | null {
  const files = callers();
  if (files.length > 0 && isLoader(files[0]!) && !isRequiredData(read)) return null;
  return files.find((file) => !isLoader(file)) ?? null;
}

/**
 * Who is to blame: the innermost plugin on the stack, where neither Millrace itself asks (for a reference of the config, which is declared)
 * nor a loader for a module. Code of a library is its caller's. Code of a plugin, and data by `require` that is part of it, is in its digest.
 */
export function blamePlugins(registry: Registry, own: string): Blame {
  const mine = codeFiles(own);
  const plugins = registry.plugins.filter(({ url }) => url !== own).map(({ name, url }) => ({ name: name as string, has: codeFiles(url) }));
  return (read) => {
    const files = callers();
    if (files.length === 0 || mine(files[0]!)) return null;
    const isData = isRequiredData(read) && !plugins.some(({ has }) => has(read.name));
    for (const file of files) {
      if (isLoader(file) && !isData) return null;
      const found = plugins.find(({ has }) => has(file));
      if (found !== undefined) return read.kind === "file" && isCode(read.name) && found.has(read.name) ? null : found.name;
    }
    return null;
  };
}
