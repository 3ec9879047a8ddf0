import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Extension, Plugin } from "../contracts/plugin.js";
import { isRefused } from "./is-refused.js";

/** Why extensions run no suite of their kind, by kind and name ("transform drop"): a sentence each. */
export type WithoutSuite = Readonly<Record<string, string>>;

/**
 * A test that a plugin's tests (`*.test.ts` in and below `folder`) run the suite of its kind on each extension: `describe<Kind>({ name: ... })`, or a plugin's own
 * `describe<Kind>s(name, ...)`, with a name that begins with the extension's.
 */
export function describeSuites(folder: URL, plugin: Plugin, without: WithoutSuite = {}): void {
  it(`the tests of ${plugin.name as string} run the suite of its kind on each extension`, () => {
    const tests = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".test.ts"));
    const texts = tests.map((file) => readFileSync(new URL(file.replaceAll("\\", "/"), folder), "utf8"));
    expect(suitesAmiss(texts, plugin, without)).toEqual([]);
  });
}

/** What is wrong between a plugin's extensions and the texts of its tests, a sentence each; none where all is well. */
export function suitesAmiss(texts: readonly string[], { extensions }: Plugin, without: WithoutSuite): readonly string[] {
  const own = (extensions as readonly Extension[]).map(({ kind, name }) => `${kind as string} ${name as string}`);
  const run = new Set(own.flatMap((id) => texts.flatMap((text) => suitesIn(text, id.split(" ")[0]!))));
  return [
    ...own.filter((id) => !run.has(id) && !Object.hasOwn(without, id)).map((id) => `No test runs the suite of its kind on the ${id}.`),
    ...[...run].filter((id) => !own.includes(id)).map((id) => `A suite runs on a ${id}, and the plugin brings none of that name.`),
    ...Object.keys(without).filter((id) => !own.includes(id)).map((id) => `There is no ${id} that could be without a suite.`),
    ...Object.keys(without).filter((id) => run.has(id)).map((id) => `The ${id} has its suite, and a reason why not.`),
    ...Object.entries(without).flatMap(([id, because]) => reasonAmiss(id, because)),
  ];
}

/** Of each call of the kind's suite in a text, the kind and the first word of the name that it is given. */
function suitesIn(text: string, kind: string): readonly string[] {
  const code = text.replaceAll(/^\s*\/\/.*$/gm, "");
  const suite = `describe${kind[0]!.toUpperCase()}${kind.slice(1)}`;
  const calls = code.matchAll(new RegExp(`\\b${suite}(?:\\(\\{(?:(?!\\bname: )[^])*\\bname: |s\\()["\`]([a-z0-9-]+)`, "g"));
  return Array.from(calls, ([, name]) => `${kind} ${name!}`);
}

function reasonAmiss(id: string, because: string): readonly string[] {
  try {
    isRefused({ because });
    return [];
  } catch (error) {
    return [`${id}: ${(error as Error).message}`];
  }
}
