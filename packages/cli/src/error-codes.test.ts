import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { ErrorCodes } from "@millrace/core";
import { EXIT_BY_PREFIX } from "./exit-code.js";

const PACKAGES = fileURLToPath(new URL("../../", import.meta.url));
/** Of other libraries. */
const FOREIGN = new Set(["DUPLICATE_KEY"]);

interface Package {
  readonly name: string;
  readonly table: ErrorCodes;
  /** Each source file but tests and the table itself. */
  readonly sources: readonly { readonly file: string; readonly text: string }[];
}

async function readPackage(name: string): Promise<Package> {
  const own = name === "core" ? "errors/codes.ts" : "error-codes.ts";
  const files = readdirSync(`${PACKAGES}${name}/src`, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  const module = files.includes(own) ? ((await import(`${PACKAGES}${name}/src/${own}`)) as { readonly ERROR_CODES: ErrorCodes }) : { ERROR_CODES: {} };
  return { name, table: module.ERROR_CODES, sources: files.filter((file) => file !== own).map((file) => ({ file: `${name}/src/${file}`, text: readFileSync(`${PACKAGES}${name}/src/${file}`, "utf8") })) };
}

const packages = await Promise.all(readdirSync(PACKAGES).map(readPackage));
const core = packages.find(({ name }) => name === "core")!;
const all = packages.flatMap(({ table }) => Object.keys(table));
const areas = new Set(all.map((code) => code.split("_")[0]!));

/** The codes in a text: what stands behind `code:`, and each text in quotes that begins with an area. */
function codesIn(text: string): readonly string[] {
  const given = [...text.matchAll(/code: (?:[^"\n]*\? )?"([A-Z][A-Z0-9_]*)"/g)].map((match) => match[1]!);
  const quoted = [...text.matchAll(/"([A-Z]+(?:_[A-Z0-9]+)+)"/g)].map((match) => match[1]!).filter((code) => areas.has(code.split("_")[0]!));
  return [...given, ...quoted].filter((code) => !FOREIGN.has(code));
}

/** The codes that docstrings promise. */
function promisedIn(text: string): readonly string[] {
  return [...text.matchAll(/[Tt]hrows? ((?:[A-Z]+(?:_[A-Z0-9]+)+(?:, | and | or )?)+)/g)].flatMap((match) => match[1]!.match(/[A-Z]+(?:_[A-Z0-9]+)+/g)!);
}

it.each(packages)("$name explains every code that it throws or promises", ({ name, table, sources }) => {
  // The command sees all packages, and tells their errors apart.
  const known = new Set(name === "cli" ? all : [...Object.keys(table), ...Object.keys(core.table)]);
  const unexplained = sources.flatMap(({ file, text }) => [...codesIn(text), ...promisedIn(text)].filter((code) => !known.has(code)).map((code) => `${file}: ${code}`));
  expect(unexplained).toEqual([]);
});

it.each(packages)("$name explains no code that nothing throws or promises", ({ name, table, sources }) => {
  // The core explains for all.
  const looked = name === "core" ? packages.flatMap((one) => one.sources) : sources;
  const used = new Set(looked.flatMap(({ text }) => [...codesIn(text), ...promisedIn(text)]));
  expect(Object.keys(table).filter((code) => !used.has(code))).toEqual([]);
});

it.each(packages)("$name lists its codes in order, each with two sentences", ({ table }) => {
  expect(Object.keys(table)).toEqual(Object.keys(table).sort());
  for (const [code, { means, mend }] of Object.entries(table)) {
    expect(code).toMatch(/^[A-Z]+(_[A-Z0-9]+)*$/);
    for (const text of [means, mend]) expect(text).toMatch(/^\.?[A-Z`].*[.}/]$/i);
  }
});

it("explains each code once", () => {
  expect(all.filter((code, index) => all.indexOf(code) !== index)).toEqual([]);
});

it("gives exit codes by prefixes that codes have", () => {
  expect(EXIT_BY_PREFIX.map(([prefix]) => prefix).filter((prefix) => !all.some((code) => code.startsWith(prefix)))).toEqual([]);
});
