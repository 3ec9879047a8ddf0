import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { defineExtension } from "./extension.js";
import { definePlugin } from "./plugin.js";
import { createRegistry } from "./registry.js";
import { taskCode } from "./task-code.js";

const options = z.strictObject({ losses: z.array(z.union([z.string(), z.strictObject({ module: z.string().meta({ module: true }) })])).describe("Losses.") });

function registryIn(folder: string) {
  writeFileSync(join(folder, "plugin.js"), "export {};");
  const extensions = [
    defineExtension("trainer", { name: "t", summary: "A trainer.", options, create: () => ({}) as never }),
    defineExtension("step", { name: "train", summary: "A step.", options: z.strictObject({}), create: () => ({}) as never }),
  ];
  return createRegistry([definePlugin({ name: "p", version: "1.0.0", url: pathToFileURL(join(folder, "plugin.js")).href, extensions })]);
}

/** The code of a task in a new folder, whose option names the module `./loss.js`, which imports `./far.js`. */
function codeWith(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "millrace-task-code-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const use = { kind: "trainer", name: "t", with: { losses: ["plain", { module: "./loss.js" }] } } as const;
  return taskCode(registryIn(folder), { step: "train", uses: { train: use as never } }, folder);
}

it("holds the modules that options name, with what they import", () => {
  const files = { "loss.js": 'import "./far.js";', "far.js": "1;" };
  const code = codeWith(files);
  expect(Object.keys(code)).toEqual(["p", "./loss.js"]);
  expect(codeWith(files)).toEqual(code);
  expect(codeWith({ ...files, "far.js": "2;" })["./loss.js"]).not.toBe(code["./loss.js"]);
});

it("says which module is not there", () => {
  expect(() => codeWith({})).toThrow(expect.objectContaining({ code: "PLUGIN_MODULE" }));
});
