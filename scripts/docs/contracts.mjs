import { readdirSync, readFileSync } from "node:fs";

const core = new URL("../../packages/core/src/", import.meta.url);

/** Types of the language and of Node. */
const BUILT_IN = new Set("AbortSignal AsyncDisposable AsyncIterable BigInt64Array Date Exclude Float32Array Float64Array Int32Array Map NonNullable Omit Partial Pick Promise Readonly ReadonlyMap ReadonlySet Record Set Uint8Array URL".split(" "));

/** Types of packages: where they are told of. */
const FOREIGN = {
  AsyncParallelHook: "tapable", AsyncSeriesBailHook: "tapable", AsyncSeriesWaterfallHook: "tapable",
  StandardJSONSchemaV1: "@standard-schema/spec", StandardSchemaV1: "@standard-schema/spec",
  Collection: "@millrace/core/engine", CollectOptions: "@millrace/core/engine", PlanOptions: "@millrace/core/engine", Registry: "@millrace/core/engine", ResolvedConfig: "@millrace/core/engine", RunOptions: "@millrace/core/engine", Why: "@millrace/core/engine",
};

export const block = (text) => `\`\`\`ts\n${text.trim()}\n\`\`\``;

const importsIn = (text) => [...text.matchAll(/^import type .+ from "\.\/(.+)\.js";$/gm)].map((match) => match[1]);
const declaredIn = (text) => [...text.matchAll(/^export (?:interface|type|declare const|const) (\w+)/gm)].map((match) => match[1]);

/** The contracts by file, each with its text. */
const CONTRACTS = new Map(readdirSync(new URL("contracts/", core)).filter((file) => file.endsWith(".ts")).map((file) => [file.slice(0, -3), readFileSync(new URL(`contracts/${file}`, core), "utf8")]));
const FILE_OF = new Map([...CONTRACTS].flatMap(([file, text]) => declaredIn(text).map((name) => [name, file])));

export function contractText(file) {
  return CONTRACTS.get(file).replace(/^(?:import [^;]+;\n)+\n?/, "");
}

const CODE = readdirSync(core, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.startsWith("contracts/")).sort((left, right) => Number(right.startsWith("testkit/")) - Number(left.startsWith("testkit/")));

/** The declaration of a type of the core that is no contract, with its comment; those of the testkit first. */
export function declarationOf(name) {
  const pattern = new RegExp(`^(?:/\\*\\*(?:(?!\\*/)[^])*\\*/\\n)?export (?:interface ${name}\\b[^]*?\\n\\}|type ${name}\\b[^]*?;)$`, "m");
  for (const file of CODE) {
    const found = pattern.exec(readFileSync(new URL(file, core), "utf8"));
    if (found !== null) return found[0];
  }
  throw new Error(`No page says what ${name} is, and the core has no such type.`);
}

/** The types that a text names and does not declare; no types: what stands in comments and texts, parameters of types, and what is built in. */
function namedIn(text) {
  const bare = text.replaceAll(/\/\*[^]*?\*\/|\/\/.*$|"[^"\n]*"|`[^`]*`/gm, "");
  const parameters = [...bare.matchAll(/(?:interface|type) \w+<([^{=]*(?:=[^{]*?)?)>(?= [={e])/g)].flatMap((match) => [...match[1].matchAll(/(?:^|,)\s*(\w+)/g)].map((one) => one[1]));
  const inferred = [...bare.matchAll(/\[(\w+) in |infer (\w+)|<(?:const )?([A-Z]) extends /g)].flatMap((match) => match.slice(1));
  const own = new Set([...declaredIn(text), ...parameters, ...inferred]);
  return [...new Set(bare.match(/(?<![.\w$])[A-Z]\w*(?!\w*:)/g) ?? [])].filter((name) => !own.has(name) && !BUILT_IN.has(name)).sort();
}

/** Declarations, and those of all types that they name and no contract declares. */
export function withTheirTypes(texts) {
  const all = [...texts];
  for (let at = 0; at < all.length; at++) {
    const told = new Set(all.flatMap(declaredIn));
    for (const name of namedIn(all[at])) if (!FILE_OF.has(name) && !Object.hasOwn(FOREIGN, name) && !told.has(name)) all.push(declarationOf(name));
  }
  return all;
}

/** A sentence with a link for each type that the declarations name and do not hold; `kinds`: the page of a contract's file, where it is that of a kind. */
export function typesSentence(texts, kinds) {
  const told = new Set(texts.flatMap(declaredIn));
  const links = [...new Set(texts.flatMap(namedIn))].filter((name) => !told.has(name)).sort().map((name) => {
    if (Object.hasOwn(FOREIGN, name)) return `\`${name}\` (of \`${FOREIGN[name]}\`)`;
    const file = FILE_OF.get(name);
    if (file === undefined) throw new Error(`No page says what ${name} is.`);
    return `[\`${name}\`](${kinds.has(file) ? `${kinds.get(file)}.md#the-contract` : `contracts.md#${file}`})`;
  });
  return links.length === 0 ? "" : `Types that are declared elsewhere: ${links.join(", ")}.`;
}

/** The files of contracts that those of the kinds, and plugins, stand on: with all that these stand on, and without the kinds' own. */
export function sharedFiles(kinds) {
  const files = new Set([...kinds.keys(), "plugin"]);
  for (const file of files) for (const other of importsIn(CONTRACTS.get(file))) files.add(other);
  return [...files].filter((file) => !kinds.has(file)).sort();
}
