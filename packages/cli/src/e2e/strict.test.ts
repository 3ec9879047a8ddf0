import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { millraceOk, millraceWith } from "../../fixtures/millrace-process.js";
import { projectFolders } from "../../fixtures/project-folders.js";
import { jsonLines, orders, SHOP_MODELS, shopConfig } from "../../fixtures/shop.js";

const project = projectFolders();

/** A step beside the config that reads what it is told to: on purpose declared, or behind everybody's back. */
const NOSY = `import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { defineExtension, definePlugin } from "millrace";
import { z } from "zod";
/* at load */
const step = defineExtension("step", {
  name: "nosy", summary: "Reads what it should not.",
  options: z.strictObject({}),
  create: () => ({
    place: "executor",
    plan: (model, tasks) => [...tasks, { id: model.name + "/nosy", step: "nosy", inputs: {}, options: {}, uses: { secret: { kind: "transform", name: "secretive", with: { token: "\${env:NOSY_TOKEN:-none}" } } }, after: [] }],
    async run(task, context) {
      await context.progress(null, "looking");
      await context.create("transform", task.uses.secret);
      /* in the task */
      return { outputs: {}, ledger: null, summary: null };
    },
  }),
});
const transform = defineExtension("transform", {
  name: "secretive", summary: "Takes a secret.",
  options: z.strictObject({ token: z.string().meta({ secret: true }) }),
  create: ({ token }) => ({ learnsFrom: "inputs", fields: () => [], fit: () => { throw new Error(token); }, lower: () => new Map() }),
});
export default () => definePlugin({ name: "nosy", version: "1.0.0", url: import.meta.url, extensions: [step, transform] });
`;

const FILES = { "orders.jsonl": jsonLines(orders(60)), "rates.csv": "1,2\n" };
const configWith = (more: object) => ({ ...shopConfig("returned"), plugins: ["./nosy.ts"], ...more });
const strict = (folder: string, env = {}) => millraceWith({ env }, folder, "run", "--strict", "--only", "returned/nosy", "--only", "returned/read", "--json");
const errorOf = (err: string) => (JSON.parse(err) as { readonly error: { readonly code: string; readonly message: string; readonly mend: string } }).error;

describe("millrace run --strict", () => {
  it.each(["in-process", "threads"])("finds what a plugin reads in a task, %s, and keeps nothing of the task", async (executor) => {
    const folder = project({ ...FILES, "nosy.ts": NOSY.replace("/* in the task */", `const rates = await readFile(${JSON.stringify("RATES")}); if (process.env.NOSY_MODE) rates.toString();`).replace('"RATES"', 'new URL("./rates.csv", import.meta.url)'), "millrace.config.json": configWith({ executor }) });
    const { code, err } = await strict(folder);
    expect(code).toBe(1);
    expect(errorOf(err)).toMatchObject({
      code: "STRICT_UNDECLARED",
      message: `The task "returned/nosy" read what no key holds: the file ${join(folder, "rates.csv")} (plugin "nosy"), the environment variable NOSY_MODE (plugin "nosy").`,
      mend: expect.stringContaining("${env:NOSY_MODE}"),
    });
    const again = await millraceOk(folder, "plan", "--only", "returned/nosy");
    expect(again.out).toMatch(/returned\/nosy +run +has not run before/);
    // What is not strict goes on as it always did.
    await millraceOk(folder, "run", "--only", "returned/nosy");
  });

  it("finds what a plugin reads while it is loaded, before anything runs", async () => {
    const folder = project({ ...FILES, "nosy.ts": NOSY.replace("/* at load */", `const rates = readFileSync(new URL("./rates.csv", import.meta.url), "utf8"); const mode = process.env.NOSY_MODE;`), "millrace.config.json": configWith({}) });
    const { code, err, out } = await strict(folder);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(errorOf(err).message).toBe(`The plugin "nosy", as it was loaded, read what no key holds: the file ${join(folder, "rates.csv")} (plugin "nosy"), the environment variable NOSY_MODE (plugin "nosy").`);
  });

  it("does not count the modules that a task loads, nor what their loader reads, and counts what a module reads as it is loaded", async () => {
    const nosy = NOSY.replace("/* in the task */", `(await import("./more.ts")).more();`);
    const quiet = project({ ...FILES, "nosy.ts": nosy, "more.ts": "export const more = (): number => 1;\n", "millrace.config.json": configWith({}) });
    expect((await strict(quiet)).err).toBe("");
    const folder = project({ ...FILES, "nosy.ts": nosy, "more.ts": "const mode = process.env.NOSY_MODE;\nexport const more = () => mode;\n", "millrace.config.json": configWith({}) });
    expect(errorOf((await strict(folder)).err).message).toBe('The task "returned/nosy" read what no key holds: the environment variable NOSY_MODE (plugin "nosy").');
  });

  it("finds data that a task takes by require, unless it is part of the plugin's digest", async () => {
    const nosy = `import { createRequire } from "node:module";\n${NOSY}`;
    const files = { ...FILES, "data.json": "[1]", "millrace.config.json": configWith({}) };
    const computed = project({ ...files, "nosy.ts": nosy.replace("/* in the task */", 'createRequire(import.meta.url)("./da" + "ta.json");') });
    expect(errorOf((await strict(computed)).err).message).toBe(`The task "returned/nosy" read what no key holds: the file ${join(computed, "data.json")} (plugin "nosy").`);
    const literal = project({ ...files, "nosy.ts": nosy.replace("/* in the task */", 'createRequire(import.meta.url)("./data.json");') });
    expect((await strict(literal)).err).toBe("");
    writeFileSync(join(literal, "data.json"), "[2]");
    expect((await millraceOk(literal, "plan", "--only", "returned/nosy")).out).toMatch(/returned\/nosy +run +code\.nosy/);
  });

  it("lets a plugin read its own code, such as WebAssembly, which is in its digest", async () => {
    const returned = { ...(SHOP_MODELS["returned"] as Readonly<Record<string, unknown>>), train: { use: "gradient-boosting", with: { trees: 2 } } };
    const folder = project({ "orders.jsonl": FILES["orders.jsonl"], "millrace.config.json": { ...shopConfig(), models: { returned } } });
    expect((await millraceWith({}, folder, "run", "--strict", "--only", "returned/train", "--json")).err).toBe("");
  });

  it("lets a plugin run that reads nothing but its secrets, and a config its declared references", async () => {
    const folder = project({ ...FILES, "nosy.ts": NOSY, "millrace.config.json": configWith({ project: "${env:SHOP_NAME}" }) });
    expect((await strict(folder, { SHOP_NAME: "shop" })).err).toBe("");
  });
});
