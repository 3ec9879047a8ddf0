import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { millrace } from "../../fixtures/captured.js";
import { projectFolders } from "../../fixtures/project-folders.js";

const project = projectFolders();

/** A source that writes down when it is asked for its columns. */
const PLUGIN = `import { appendFileSync } from "node:fs";
import { defineExtension, definePlugin, digestOfJson, field, fromRows } from "@millrace/core";
import { z } from ${JSON.stringify(import.meta.resolve("zod"))};
const fields = [field("size", "float64"), field("weight", "float64")];
const rows = Array.from({ length: 300 }, (_, row) => ({ size: row % 40, weight: (row % 40) * 3 + ((row * 17) % 29) }));
const source = {
  fields: async () => (appendFileSync(new URL("asked.txt", import.meta.url), "asked "), fields),
  partitions: async () => [{ id: "all", digest: digestOfJson({ rows: 300 }) }],
  async *read() { yield fromRows(fields, rows); },
};
export default () => definePlugin({ name: "orchard", url: import.meta.url, extensions: [defineExtension("source", { name: "orchard", summary: "Apples", options: z.strictObject({}), create: () => source })] });
`;

const CONFIG = `schema: 1
project: orchard
plugins: [./orchard.mjs]
models:
  apples: { source: orchard, columns: { target: weight }, check: [], split: random, train: ridge }
`;

it("a source is asked for its columns where it is read anew, and not where the plan reuses what was read", async () => {
  const folder = project({ "orchard.mjs": PLUGIN, "millrace.config.yaml": CONFIG });
  const asked = (): string => (existsSync(join(folder, "asked.txt")) ? readFileSync(join(folder, "asked.txt"), "utf8") : "");
  expect(await millrace(folder, "plan")).toMatchObject({ code: 0 });
  expect(asked()).not.toBe("");
  expect(await millrace(folder, "run")).toMatchObject({ code: 0 });
  rmSync(join(folder, "asked.txt"));
  for (const argv of [["plan"], ["run"], ["plan", "--set", "models.apples.train.with.l2=3"]]) expect(await millrace(folder, ...argv), argv.join(" ")).toMatchObject({ code: 0 });
  expect(asked()).toBe("");
  const wrong = await millrace(folder, "plan", "--set", 'models.apples.features=[{"use":"standardize","from":["sise"]}]');
  expect(wrong.err).toContain('--set models.apples.features[0].from[0]: is neither a column nor an earlier feature: "sise". The source reads all. Did you mean "size"?');
  expect(asked()).toBe("");
});
