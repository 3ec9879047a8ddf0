import { readdirSync, readFileSync } from "node:fs";
import { MillraceError, suggest, type Kind } from "@millrace/core";
import { VERSION } from "../version.js";
import { linesText, NPMRC } from "./project-files.js";

const TEMPLATES = new URL("../../templates/plugin/", import.meta.url);

/** What a kind is called in a sentence. */
const WORDS = {
  source: "source",
  sink: "sink",
  transform: "transform",
  trainer: "trainer",
  runtime: "runtime",
  metric: "metric",
  check: "check",
  step: "step",
  store: "store",
  artifacts: "store of artifacts",
  executor: "executor",
  command: "command",
} as const satisfies Record<Kind, string>;

export const PLUGIN_KINDS = Object.keys(WORDS) as readonly Kind[];

/** Throws INIT_KIND. */
export function pluginKind(text: string): Kind {
  if (Object.hasOwn(WORDS, text)) return text as Kind;
  throw new MillraceError({ code: "INIT_KIND", message: `There is no kind "${text}".`, mend: suggest(text, PLUGIN_KINDS) });
}

/** The files of a new package by their path in it. Throws INIT_NAME for a name that no package, file and option could have at once. */
export function pluginFiles(kind: Kind, name: string): ReadonlyMap<string, string> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new MillraceError({ code: "INIT_NAME", message: `"${name}" is no name for a ${WORDS[kind]}.`, mend: "Use lower case letters and digits, words joined by one -, and begin with a letter: half-life." });
  const [own, shared] = [textsIn(kind), textsIn("shared")];
  const named = naming(name, [...own.values(), ...shared.values()]);
  const summary = /summary: "([^"]+)"/.exec(own.get("index.ts")!)![1]!;
  const fill = (text: string): string => named(text).replaceAll("SUMMARY", summary).replaceAll("KIND", WORDS[kind]).replaceAll("VERSION", VERSION);
  const sources = [...own].map(([file, text]) => [`src/${named(file)}`, named(text)] as const);
  refuseOneFileTwice(kind, name, sources.map(([file]) => file));
  const packed = [...shared].map(([file, text]) => [file, file === "package.json" ? used(fill(text), [...own.values()]) : fill(text)] as const);
  const npmrc = packed.some(([file, text]) => file === "package.json" && text.includes(`"${RUNTIMES}"`)) ? [[".npmrc", linesText(NPMRC)] as const] : [];
  return new Map([...packed, ...npmrc, ...sources]);
}

/** What brings onnxruntime, whose installation would download what nothing needs. */
const RUNTIMES = "@millrace/plugin-onnx";

/** Throws INIT_NAME where the implementation would take the place of another file, as that of `index` would of the package's entry. */
function refuseOneFileTwice(kind: Kind, name: string, files: readonly string[]): void {
  const twice = files.find((file, index) => files.indexOf(file) < index);
  if (twice !== undefined) throw new MillraceError({ code: "INIT_NAME", message: `A ${WORDS[kind]} cannot be called "${name}": ${twice} is another file of its package.`, mend: `Add a word that says what it does: ${name}-of-rows.`, facts: { kind, name } });
}

/** A package of this workspace that no source of the kind imports is none that it installs. */
function used(packageText: string, sources: readonly string[]): string {
  const isUsed = (line: string): boolean => {
    const name = /^ {4}"(@millrace\/[^"]+)": /.exec(line)?.[1];
    return name === undefined || sources.some((text) => text.includes(`from "${name}"`) || text.includes(`from "${name}/`));
  };
  return packageText.split("\n").filter(isUsed).join("\n");
}

function textsIn(folder: string): ReadonlyMap<string, string> {
  const url = new URL(`${folder}/`, TEMPLATES);
  // A package within a package would have its own fields taken for those of ours.
  return new Map(readdirSync(url).sort().map((file) => [file.replace(/^package\.template\.json$/, "package.json"), readFileSync(new URL(file, url), "utf8")]));
}

/** Templates are code that runs, under a name that nothing else has: `template-name`, as an identifier `templateName`, in a longer one `TemplateName`. */
function naming(name: string, texts: readonly string[]): (text: string) => string {
  const words = texts.map((text) => new Set(text.match(/[A-Za-z_$][\w$]*/g)));
  const filled = (text: string, pascal: string): string => text.replaceAll("templateName", pascal[0]!.toLowerCase() + pascal.slice(1)).replaceAll("TemplateName", pascal);
  let pascal = name.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  // A name such as `new` is no identifier, and one such as `define-plugin` or `read-stream` is that of something else in the same file.
  const clashes = (own: ReadonlySet<string>): boolean => [...own].filter((word) => /[tT]emplateName/.test(word)).map((word) => filled(word, pascal)).some((word) => RESERVED.has(word) || own.has(word));
  while (words.some(clashes)) pascal += "One";
  return (text) => filled(text.replaceAll("template-name", name), pascal);
}

/** What no constant of a module may be called: reserved words, what strict code may not bind, and names that TypeScript keeps for itself. */
const RESERVED = new Set("arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function globalThis if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield".split(" "));
