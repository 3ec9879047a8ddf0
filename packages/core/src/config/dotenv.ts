import { readFileSync } from "node:fs";

const LINE = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(?:"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|([^\n#]*?))\s*(?:#.*)?$/gm;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** Variables of a file in dotenv format: `NAME=value`, quotes (with escapes in double ones) and comments. Nothing is expanded. */
export function parseDotenv(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [, name, double, single, bare] of text.matchAll(LINE)) {
    found[name!] = double === undefined ? (single ?? bare ?? "") : double.replace(/\\([\s\S])/g, (_, char: string) => ESCAPES[char] ?? char);
  }
  return found;
}

/** Variables of several files, later ones over earlier; a file that is not there counts as empty. */
export function readDotenv(files: readonly string[]): Readonly<Record<string, string>> {
  return Object.assign({}, ...files.map((file) => parseDotenv(textOf(file)))) as Record<string, string>;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}
