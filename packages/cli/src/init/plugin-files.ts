import { readdirSync, readFileSync } from "node:fs";
import { MillraceError, suggest, type Kind } from "@millrace/core";
import { VERSION } from "../version.js";

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
  const own = textsIn(kind);
  const summary = /summary: "([^"]+)"/.exec(own.get("index.ts")!)![1]!;
  const fill = (text: string): string => named(text, name).replaceAll("SUMMARY", summary).replaceAll("KIND", WORDS[kind]).replaceAll("VERSION", VERSION);
  const sources = [...own].map(([file, text]) => [`src/${named(file, name)}`, named(text, name)] as const);
  const shared = [...textsIn("shared")].map(([file, text]) => [file, file === "package.json" ? used(fill(text), [...own.values()]) : fill(text)] as const);
  return new Map([...shared, ...sources]);
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
function named(text: string, name: string): string {
  const pascal = name.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  // A name such as `new` or `delete` is no identifier.
  const camel = RESERVED.has(name) ? `${name}One` : pascal[0]!.toLowerCase() + pascal.slice(1);
  return text.replaceAll("template-name", name).replaceAll("templateName", camel).replaceAll("TemplateName", pascal);
}

const RESERVED = new Set("await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield".split(" "));
