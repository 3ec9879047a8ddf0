import { fileURLToPath } from "node:url";
import { codeFiles } from "../../plugin/code-digest.js";
import type { Registry } from "../../plugin/registry.js";

/** Whose code asks right now, by the stack; null where it is none of a plugin's, or Millrace's own asks on its behalf. */
export type Blame = () => string | null;

const FRAMES = 60;
const HERE = fileURLToPath(new URL(".", import.meta.url));

/** Files of the frames above the caller, innermost first. */
function callers(): readonly string[] {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = FRAMES;
  Error.prepareStackTrace = (_, frames) => frames.map((frame) => frame.getFileName() ?? "");
  const { stack } = new Error() as unknown as { readonly stack: readonly string[] };
  Error.stackTraceLimit = stackTraceLimit;
  Error.prepareStackTrace = prepareStackTrace;
  return stack.map((file) => (file.startsWith("file:") ? fileURLToPath(file) : file)).filter((file) => file !== "" && !file.startsWith("node:"));
}

/** The innermost file that is none of node's or of this folder's; for what loads before it is known whose it is. */
export function blameFile(): string | null {
  return isLoading() ? null : (callers().find((file) => !file.startsWith(HERE)) ?? null);
}

function isLoading(): boolean {
  return (new Error().stack ?? "").includes("node:internal/modules/");
}

/**
 * Who is to blame: the innermost plugin on the stack, where neither Millrace itself asks (for a reference of the config, which is declared)
 * nor node for the code of a module. Code of a library is its caller's.
 */
export function blamePlugins(registry: Registry, own: string): Blame {
  const mine = codeFiles(own);
  const plugins = registry.plugins.filter(({ url }) => url !== own).map(({ name, url }) => ({ name: name as string, has: codeFiles(url) }));
  return () => {
    const files = callers().filter((file) => !file.startsWith(HERE));
    if (files.length === 0 || mine(files[0]!) || isLoading()) return null;
    for (const file of files) {
      const found = plugins.find(({ has }) => has(file));
      if (found !== undefined) return found.name;
    }
    return null;
  };
}
