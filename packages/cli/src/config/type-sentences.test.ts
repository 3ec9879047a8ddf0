import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

/** What an author writes, and what the compiler must say to it. */
const MISTAKES: Readonly<Record<string, readonly [code: string, says: readonly string[]]>> = {
  "an unknown name": ['config({ train: { use: "logistik" } });', [`Type '"logistik"' is not assignable`, `Did you mean '"logistic"'?`]],
  "an unknown bare name": ['config({ train: "logistik" });', [`Did you mean '"logistic"'?`]],
  "a store where a trainer stands": ['config({ train: { use: "sqlite" } });', [`Type '"sqlite"' is not assignable to type`, `"ridge"`]],
  "options that are missing": ['config({ source: { use: "csv" }, train: "ridge" });', ["Property 'with' is missing"]],
  "an option that is none": ['config({ train: { use: "ridge", with: { l3: 1 } } });', ["'l3' does not exist in type"]],
  "an option of another type": ['config({ train: { use: "ridge", with: { l2: "much" } } });', [`Type '"much"' is not assignable to type 'number | `]],
  "a feature without columns": ['config({ train: "ridge", features: [{ use: "category" }] });', ["Property 'from' is missing"]],
  "a plugin that was not called": ['defineConfig({ schema: 1, project: "p", plugins: [() => plugin], models: {} });', ["is not assignable to type 'string | Plugin<any, any>'"]],
  "a store without commit": ['defineExtension("store", { name: "s", summary: "", options: none, create: () => without });', ["Property 'commit' is missing"]],
  "an option that is a function": [
    'defineExtension("metric", { name: "s", summary: "", options: z.strictObject({ by: z.custom<() => number>() }), create: () => metric });',
    ["An option is never a function: let it name a module and an export, and import that in `create`."],
  ],
  "two extensions of one name": ['definePlugin({ name: "p", version: "1", url: "", extensions: [near, near] });', ["This plugin brings the metric 'near' twice: rename one of the two."]],
  "a hook that is not there": ['definePlugin({ name: "p", version: "1", url: "", apply: (hooks) => hooks.runStartd.tap("p", () => {}) });', ["Did you mean 'runStarted'?"]],
};

const HEAD = `import type { Metric, Store } from "@millrace/core";
import { z } from "zod";
import { defineConfig, defineExtension, definePlugin, type ModelConfig } from "../../dist/index.js";
declare const metric: Metric;
declare const without: Omit<Store, "commit">;
const none = z.strictObject({});
const near = defineExtension("metric", { name: "near", summary: "", options: none, create: () => metric });
const plugin = definePlugin({ name: "acme", version: "1.0.0", url: "", extensions: [near] });
const config = (model: Partial<ModelConfig>) => model;
`;

// Below this package, so that its dependencies are found.
const folder = fileURLToPath(new URL("../../.tmp/type-sentences/", import.meta.url));
/** What the compiler says of each mistake, by its line. */
const said = new Map<number, string>();
const FIRST_LINE = HEAD.split("\n").length;

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "mistakes.ts"), HEAD + Object.values(MISTAKES).map(([code]) => `${code}\n`).join(""));
  const compilerOptions = { noEmit: true, composite: false, declaration: false, declarationMap: false, noUnusedLocals: false, noUnusedParameters: false, pretty: false, noErrorTruncation: true };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ extends: "../../../../tsconfig.base.json", compilerOptions, include: ["mistakes.ts"] }));
  const tsc = fileURLToPath(new URL("../../../../node_modules/.bin/tsc", import.meta.url));
  for (const message of compile(tsc).split(/^(?=mistakes\.ts\()/m)) {
    const line = Number(/^mistakes\.ts\((\d+),/.exec(message)?.[1]);
    said.set(line, (said.get(line) ?? "") + message);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function compile(tsc: string): string {
  try {
    return execFileSync(tsc, ["-p", "."], { cwd: folder, encoding: "utf8" });
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
}

it.each(Object.keys(MISTAKES).map((name, index) => [name, index] as const))("%s", (name, index) => {
  const text = said.get(FIRST_LINE + index) ?? "nothing";
  for (const part of MISTAKES[name]![1]) expect(text).toContain(part);
});

it("says nothing of what is right", () => {
  expect([...said.keys()].filter((line) => line < FIRST_LINE)).toEqual([]);
});
