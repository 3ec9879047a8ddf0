import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from "yaml";
import { MillraceError } from "../errors/millrace-error.js";
import type { ConfigFile } from "./config-file.js";
import { isTree, type Path } from "./path.js";
import { noObject } from "./read-script.js";

function syntaxError(file: string, line: number | null, what: string, cause: unknown): MillraceError {
  const where = line === null ? file : `${file}:${line}`;
  return new MillraceError({ code: "CONFIG_SYNTAX", message: `${where}: ${what}`, mend: `Mend the syntax at ${where}.`, cause, facts: { file, line } });
}

/** The line of the key or item at a path. */
function lineIn(document: Document, counter: LineCounter, path: Path): number | null {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (pair === undefined) return null;
      offset = (pair.key as { readonly range?: readonly number[] | null }).range?.[0];
      node = pair.value;
    } else if (isSeq(node) && typeof key === "number") {
      node = node.items[key];
      offset = (node as { readonly range?: readonly number[] | null } | undefined)?.range?.[0];
    } else return null;
  }
  return offset === undefined ? null : counter.linePos(offset).line;
}

function asFile(file: string, value: unknown, document: Document, counter: LineCounter): ConfigFile {
  if (!isTree(value)) throw noObject(file);
  return { file, value, line: (path) => lineIn(document, counter, path) };
}

/** A config in YAML 1.2 (core schema: no dates, no surprising booleans). Throws CONFIG_SYNTAX and CONFIG_NO_OBJECT. */
export function readYaml(file: string, text: string): ConfigFile {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) throw syntaxError(file, counter.linePos(error.pos[0]).line, error.message, error);
  return asFile(file, document.toJS() as unknown, document, counter);
}

/** The first line with which a JSON text is wrong, not only unfinished; V8 tells a position for some mistakes only. */
function brokenLine(text: string): number {
  const lines = text.split("\n");
  for (let count = 1; count < lines.length; count++) {
    const start = lines.slice(0, count).join("\n");
    try {
      JSON.parse(start);
    } catch (cause) {
      const { message } = cause as Error;
      const position = /at position (\d+)/.exec(message)?.[1];
      const isUnfinished = message.includes("end of JSON input") || (position !== undefined && Number(position) >= start.trimEnd().length);
      if (!isUnfinished) return count;
    }
  }
  return lines.length;
}

/** A config in JSON. JSON is YAML too, which tells the lines and finds keys that stand twice. Throws CONFIG_SYNTAX and CONFIG_NO_OBJECT. */
export function readJson(file: string, text: string): ConfigFile {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw syntaxError(file, brokenLine(text), (cause as Error).message, cause);
  }
  const twice = document.errors.find(({ code }) => code === "DUPLICATE_KEY");
  if (twice !== undefined) throw syntaxError(file, counter.linePos(twice.pos[0]).line, "A key stands twice in one object.", twice);
  return asFile(file, value, document, counter);
}
