import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from "yaml";
import { MillraceError } from "../errors/millrace-error.js";
import { formatPlace, type ConfigFile, type Place } from "./config-file.js";
import { isTree, type Path } from "./path.js";
import { noObject } from "./read-script.js";

function syntaxError(place: Place, what: string, cause: unknown): MillraceError {
  return new MillraceError({ code: "CONFIG_SYNTAX", message: `${formatPlace(place)}: ${what}`, mend: "Mend the syntax there.", cause, facts: { ...place } });
}

/** The offset of the key or item at a path; undefined where nothing is written there. */
function offsetOf(document: Document, path: Path): number | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (pair === undefined) return undefined;
      offset = (pair.key as { readonly range?: readonly number[] | null }).range?.[0];
      node = pair.value;
    } else if (isSeq(node) && typeof key === "number") {
      node = node.items[key];
      offset = (node as { readonly range?: readonly number[] | null } | undefined)?.range?.[0];
    } else return undefined;
  }
  return offset;
}

function placeAt(file: string, counter: LineCounter, offset: number): Place {
  const { line, col: column } = counter.linePos(offset);
  return { file, line, column };
}

function asFile(file: string, value: unknown, document: Document, counter: LineCounter): ConfigFile {
  if (!isTree(value)) throw noObject(file);
  const place = (path: Path): Place | null => {
    const offset = offsetOf(document, path);
    return offset === undefined ? null : placeAt(file, counter, offset);
  };
  return { file, value, place };
}

/** A config in YAML 1.2 (core schema: no dates, no surprising booleans). Throws CONFIG_SYNTAX and CONFIG_NO_OBJECT. */
export function readYaml(file: string, text: string): ConfigFile {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) throw syntaxError(placeAt(file, counter, error.pos[0]), error.message, error);
  return asFile(file, document.toJS() as unknown, document, counter);
}

/** The first line with which a JSON text is wrong, not only unfinished, and the column where V8 tells it: it does for some mistakes only. */
function brokenPlace(file: string, text: string): Place {
  const lines = text.split("\n");
  for (let count = 1; count < lines.length; count++) {
    const start = lines.slice(0, count).join("\n");
    try {
      JSON.parse(start);
    } catch (cause) {
      const { message } = cause as Error;
      const position = /at position (\d+)/.exec(message)?.[1];
      const isUnfinished = message.includes("end of JSON input") || (position !== undefined && Number(position) >= start.trimEnd().length);
      if (!isUnfinished) return { file, line: count, column: columnIn(start, position) };
    }
  }
  return { file, line: lines.length, column: 1 };
}

/** The column of an offset in the last line of a text; the first that is no space where the offset is not known. */
function columnIn(text: string, position: string | undefined): number {
  const line = text.lastIndexOf("\n") + 1;
  const offset = position === undefined ? -1 : Number(position);
  return offset >= line ? offset - line + 1 : Math.max(1, text.slice(line).search(/\S/) + 1);
}

/** V8's words without the offset, since the line and the column are told, and in one line. */
function withoutPosition(message: string): string {
  return message.replace(/ (?:in JSON )?at position \d+(?: \(line \d+ column \d+\))?/, "").replaceAll(/\s*\n\s*/g, " ");
}

/** A config in JSON. JSON is YAML too, which tells the lines and finds keys that stand twice. Throws CONFIG_SYNTAX and CONFIG_NO_OBJECT. */
export function readJson(file: string, text: string): ConfigFile {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw syntaxError(brokenPlace(file, text), withoutPosition((cause as Error).message), cause);
  }
  const twice = document.errors.find(({ code }) => code === "DUPLICATE_KEY");
  if (twice !== undefined) throw syntaxError(placeAt(file, counter, twice.pos[0]), "A key stands twice in one object.", twice);
  return asFile(file, value, document, counter);
}
