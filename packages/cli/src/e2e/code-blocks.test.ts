import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compileProject } from "../../fixtures/compile-project.js";
import { blocksOf, pages, type CodeBlock } from "../../fixtures/code-blocks.js";

// Every block of TypeScript or JavaScript in the project's pages compiles, alone or beside the other files that its page names.

/** Quoted whole from files that are compiled, and run, where they stand; scripts/docs sees that the quotes are true. */
const isElsewhere = (page: string): boolean => page === "docs/testing.md" || page.startsWith("docs/kinds/");

// Below this package, so that its dependencies are found.
const folder = fileURLToPath(new URL("../../.tmp/code-blocks/", import.meta.url));
const blocks = pages().filter((page) => !isElsewhere(page)).flatMap(blocksOf).filter(({ language }) => language === "ts" || language === "js");
const said = new Map<string, string>();

/** A place for each block: the name in its first line (`// acme.ts`), in a folder for its page. */
function fileOf({ page, code, line, language }: CodeBlock): string {
  const named = /^\/\/ ([\w.-]+\.ts)\n/.exec(code)?.[1];
  return `${page.replaceAll(/[^\w]+/g, "-")}/${named ?? `line-${line}.${language === "js" ? "mts" : "ts"}`}`;
}

/** Members of a config, as pages show them, in their place; members of one line each stand for themselves. */
function moduleOf(code: string): string {
  if (/^import /m.test(code)) return code;
  const lines = code.trim().split("\n");
  const parts = lines.every((line) => /^\w+: .*[}\]"]$/.test(line)) ? lines : [code.trim()];
  return `import type { Config, ModelConfig } from "millrace";\nimport type { Hooks, PluginContext } from "@millrace/core";\n${parts.map((part, index) => `export const part${index}: ${typeOf(part)} = {\n${part.replace(/,$/, "")}\n};\n`).join("")}`;
}

const MODEL_KEYS = new Set(["source", "columns", "check", "split", "features", "train", "after", "evaluate", "register"]);

function typeOf(part: string): string {
  const key = /^(?:\/\/.*\n)*(\w+):/.exec(part)?.[1] ?? "";
  if (key === "to") return '{ to: import("millrace").UseOf<readonly [], "sink"> }';
  if (key === "apply") return "{ apply(hooks: Hooks, context: PluginContext): void }";
  return MODEL_KEYS.has(key) ? "Partial<ModelConfig>" : "Partial<Config>";
}

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const block of blocks) {
    mkdirSync(dirname(join(folder, fileOf(block))), { recursive: true });
    writeFileSync(join(folder, fileOf(block)), moduleOf(block.code));
  }
  const door = (name: string): readonly string[] => [`../../dist/${name}.d.ts`];
  const compilerOptions = { noEmit: true, composite: false, declaration: false, declarationMap: false, noUnusedLocals: false, noUnusedParameters: false, allowImportingTsExtensions: true, pretty: false, paths: { millrace: door("index"), "millrace/testkit": door("testkit") } };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ extends: "../../../../tsconfig.base.json", compilerOptions, include: ["**/*.ts", "**/*.mts"] }));
  for (const message of compileProject(folder).split(/^(?=\S+\.m?ts\()/m)) {
    const file = /^(\S+\.m?ts)\(/.exec(message)?.[1] ?? "";
    said.set(file, (said.get(file) ?? "") + message);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("finds the blocks", () => {
  expect(blocks.length).toBeGreaterThan(20);
  expect([...said.keys()].filter((file) => !blocks.some((block) => fileOf(block) === file) && said.get(file)!.trim() !== "")).toEqual([]);
});

it.each(blocks.map((block) => [`${block.page}:${block.line}`, block] as const))("%s compiles", (_, block) => {
  expect(said.get(fileOf(block)) ?? "").toBe("");
});
