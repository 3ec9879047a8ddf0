import { createHash, type Hash } from "node:crypto";
import { closeSync, existsSync, openSync, readFileSync, readSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Digest } from "../contracts/digest.js";
import { MillraceError } from "../errors/millrace-error.js";

/** Files whose bytes decide what a package does; maps and typings do not. */
const CODE = /\.(?:js|mjs|cjs|wasm)$/;

/** A static, dynamic or re-exporting import of a relative path, or a `require`, made by createRequire at once too. */
const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*|\bcreateRequire\s*\([^()]*\)\s*\(\s*)(["'])(\.{1,2}\/[^"'\n]+)\1/g;

const known = new Map<string, Digest>();

interface Package {
  readonly root: string;
  readonly version: string;
}

/** The nearest package.json above a file, where the file is installed or built: below node_modules or the package's dist. */
function packageOf(file: string): Package | null {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest)) {
      const isBuilt = relative(folder, file).split(sep)[0] === "dist";
      const isInstalled = file.split(sep).includes("node_modules");
      if (!isBuilt && !isInstalled) return null;
      const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly version?: string };
      return { root: folder, version: version ?? "0.0.0" };
    }
    if (dirname(folder) === folder) return null;
  }
}

/** Where files are read to, one after the other: a buffer and three updates of the hash for each take twice as long. */
const memory = Buffer.allocUnsafeSlow(1 << 17);

/** Adds a file's name and its bytes, a zero behind each. */
function addFile(hash: Hash, name: string, file: string): void {
  let filled = memory.write(`${name.split(sep).join("/")}\0`);
  const room = memory.length - 1;
  const handle = openSync(file, "r");
  try {
    for (let read = readSync(handle, memory, filled, room - filled, null); read > 0; read = readSync(handle, memory, filled, room - filled, null)) {
      filled += read;
      if (filled < room) continue;
      hash.update(memory.subarray(0, filled));
      filled = 0;
    }
  } finally {
    closeSync(handle);
  }
  memory[filled] = 0;
  hash.update(memory.subarray(0, filled + 1));
}

function packageDigest({ root, version }: Package): Digest {
  const hash = createHash("sha256").update(`${version}\0`);
  const dist = join(root, "dist");
  const top = existsSync(dist) ? dist : root;
  for (const name of codeBelow(top, "").sort()) addFile(hash, name, top + sep + name);
  return `sha256:${hash.digest("hex")}` as Digest;
}

/** Files of code below a folder, by their path in it. Node's own recursive listing takes three times as long. */
function codeBelow(top: string, path: string): string[] {
  return readdirSync(top + sep + path, { withFileTypes: true }).flatMap((entry) => {
    const name = path + entry.name;
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : codeBelow(top, name + sep);
    return CODE.test(name) ? [name] : [];
  });
}

/** The file that a relative import means: as it is, TypeScript behind `.js`, or with an extension or index left out. */
function imported(from: string, path: string): string | null {
  const base = resolve(dirname(from), path);
  const typed = base.replace(/\.([mc]?)js$/, ".$1ts");
  const candidates = [base, typed, ...[".ts", ".mts", ".js", ".mjs", ".json"].flatMap((end) => [base + end, join(base, `index${end}`)])];
  return candidates.find((file) => statSync(file, { throwIfNoEntry: false })?.isFile()) ?? null;
}

/** A local file and its relative imports, transitively. */
function localFiles(entry: string): ReadonlySet<string> {
  const files = new Set([entry]);
  // A set takes additions while it is walked.
  for (const file of files) {
    for (const match of readFileSync(file, "utf8").matchAll(IMPORT)) {
      const next = imported(file, match[2]!);
      if (next !== null) files.add(next);
    }
  }
  return files;
}

/** Names are relative to the entry, so that moving the project changes nothing. */
function localDigest(entry: string): Digest {
  const files = localFiles(entry);
  const hash = createHash("sha256");
  const folder = dirname(entry);
  for (const file of [...files].sort((a, b) => (relative(folder, a) < relative(folder, b) ? -1 : 1))) addFile(hash, relative(folder, file), file);
  return `sha256:${hash.digest("hex")}` as Digest;
}

/**
 * The digest of the code behind a plugin's entry, once per process: for a package its version and the code in its dist, in path order;
 * for a local file, it and its relative imports. `url` is a file URL. Throws PLUGIN_CODE where it cannot be read.
 */
export function codeDigest(url: string): Digest {
  const found = known.get(url);
  if (found !== undefined) return found;
  try {
    const file = fileURLToPath(url);
    const inside = packageOf(file);
    const digest = inside === null ? localDigest(file) : packageDigest(inside);
    known.set(url, digest);
    return digest;
  } catch (cause) {
    throw new MillraceError({
      code: "PLUGIN_CODE",
      message: `The code behind ${url} cannot be read.`,
      mend: "Give definePlugin() url: import.meta.url of the plugin's entry.",
      cause,
      facts: { url },
    });
  }
}

/** Whether a file is of those that a package's digest is made of, by its name: a plugin may read a WebAssembly module of its own. */
export const isCode = (file: string): boolean => CODE.test(file);

/** Tells the files of a plugin's own code from others: all of its package, or a local file and its relative imports. */
export function codeFiles(url: string): (file: string) => boolean {
  const entry = fileURLToPath(url);
  const inside = packageOf(entry);
  if (inside === null) {
    const files = localFiles(entry);
    return (file) => files.has(file);
  }
  return (file) => file.startsWith(inside.root + sep) && !relative(inside.root, file).split(sep).includes("node_modules");
}

/** The core counts as a plugin. */
export function coreDigest(): Digest {
  return codeDigest(new URL("../index.js", import.meta.url).href.replace(/\/src\/index\.js$/, "/src/index.ts"));
}
