import { describe, expect, it } from "vitest";
import { millrace } from "../fixtures/captured.js";
import { projectFolders, type Files } from "../fixtures/project-folders.js";

const project = projectFolders();

/** A plugin as a file beside the config, without the help of definePlugin. */
const plugin = (more: string, name = "acme"): string => `export default () => ({ contract: 1, name: "${name}", version: "1.0.0", url: import.meta.url, extensions: [], apply() {}, ...${more} });\n`;
const extension = (name: string): string => `{ kind: "metric", name: "${name}", summary: "", options: { "~standard": { version: 1, vendor: "x", validate: (value) => ({ value }), jsonSchema: { input: () => ({ type: "object", properties: { how: {} } }) } } }, create: () => ({}) }`;

interface Mistake {
  readonly files: Files;
  readonly plugins: readonly string[];
  readonly code: string;
  readonly says: readonly string[];
}

const MISTAKES: Readonly<Record<string, Mistake>> = {
  "a plugin of another version of the contract": {
    files: { "acme.mjs": plugin("{ contract: 2 }") },
    plugins: ["./acme.mjs"],
    code: "PLUGIN_CONTRACT",
    says: ['Plugin "acme" was made for contract 2; this core has contract 1.', 'Install a version of "acme" that was made for contract 1'],
  },
  "two plugins of one name": {
    files: { "acme.mjs": plugin("{}"), "other.mjs": plugin('{ version: "2.0.0" }') },
    plugins: ["./acme.mjs", "./other.mjs"],
    code: "PLUGIN_DUPLICATE",
    says: ['Plugin "acme" is there twice, in versions 1.0.0 and 2.0.0.', 'Keep one version of "acme"'],
  },
  "two plugins of one name and version": {
    files: { "acme.mjs": plugin("{}"), "other.mjs": plugin(`{ extensions: [${extension("near")}] }`) },
    plugins: ["./acme.mjs", "./other.mjs"],
    code: "PLUGIN_DUPLICATE",
    says: ['Two plugins are called "acme", and they bring different things.', "other.mjs"],
  },
  "two plugins of one name and version that bring nothing": {
    files: { "acme.mjs": plugin("{}"), "other.mjs": plugin("{ apply() {} }") },
    plugins: ["./acme.mjs", "./other.mjs"],
    code: "PLUGIN_DUPLICATE",
    says: ['Two plugins are called "acme", and they are of different code.', "acme.mjs", "other.mjs"],
  },
  "two plugins that bring the same": {
    files: { "acme.mjs": plugin(`{ extensions: [${extension("near")}] }`), "other.mjs": plugin(`{ extensions: [${extension("near")}] }`, "other") },
    plugins: ["./acme.mjs", "./other.mjs"],
    code: "PLUGIN_DUPLICATE",
    says: ['Two plugins bring the metric "near": "acme" and "other".'],
  },
  "a plugin that brings what the preset brings": {
    files: { "acme.mjs": plugin(`{ extensions: [${extension("accuracy")}] }`) },
    plugins: ["./acme.mjs"],
    code: "PLUGIN_DUPLICATE",
    says: ['the metric "accuracy": "@millrace/plugin-metrics" and "acme"'],
  },
  "a plugin that brings one thing twice": {
    files: { "acme.mjs": plugin(`{ extensions: [${extension("near")}, ${extension("near")}] }`) },
    plugins: ["./acme.mjs"],
    code: "PLUGIN_DUPLICATE",
    says: ['plugins[0]: Plugin "acme" brings the metric "near" twice.', "Rename one of the two in file://"],
  },
  "a plugin that brings what is of no kind": {
    files: { "acme.mjs": plugin(`{ extensions: [{ ...${extension("near")}, kind: "metrik" }] }`) },
    plugins: ["./acme.mjs"],
    code: "PLUGIN_INVALID",
    says: ['plugins[0]: Plugin "acme" brings "near" of the kind "metrik", and there is no such kind.', 'Did you mean "metric"?'],
  },
  "a plugin without a name": {
    files: { "acme.mjs": plugin("{}", "") },
    plugins: ["./acme.mjs"],
    code: "PLUGIN_INVALID",
    says: ['plugins[0]: A plugin has no name: its "name" is "".', "acme.mjs"],
  },
  "a hook that is tapped before an unknown name": {
    files: { "acme.mjs": plugin('{ apply: (hooks) => void hooks.plan.tap({ name: "acme", before: "nobody" }, (plan) => plan) }') },
    plugins: ["./acme.mjs"],
    code: "HOOK_UNKNOWN_BEFORE",
    says: ['Plugin "acme" taps hook "plan" before "nobody", which has not tapped it.', 'Leave "before" out: nothing has tapped "plan" yet.'],
  },
  "a hook that is not there": {
    files: { "acme.mjs": plugin('{ apply: (hooks) => hooks.planned.tap("acme", () => {}) }') },
    plugins: ["./acme.mjs"],
    code: "PLUGIN_APPLY",
    says: ['Plugin "acme" failed to apply its hooks:'],
  },
  "a file that is no plugin": { files: { "acme.mjs": "export default 3;\n" }, plugins: ["./acme.mjs"], code: "CONFIG_NO_PLUGIN", says: ["is no plugin"] },
};

describe("a plugin that is wrong stops every command before anything starts", () => {
  it.each(Object.entries(MISTAKES))("%s", async (_, { files, plugins, code, says }) => {
    const folder = project({ ...files, "millrace.config.json": { schema: 1, project: "p", plugins, models: {} } });
    for (const command of ["plugins", "plan"]) {
      const { code: exit, err, out } = await millrace(folder, command);
      expect({ exit, out, code: err.split(":")[0] }).toEqual({ exit: 2, out: "", code: `error ${code}` });
      for (const text of says) expect(err).toContain(text);
    }
  });

  it.each([
    ["that is a date", 'z.strictObject({ at: z.date().optional() })', 'The options of the metric "near" (plugin "acme") hold in "at" what JSON has no form for'],
    ["that is no schema", "{}", 'The options of the metric "near" (plugin "acme") are no schema.'],
  ])("an option %s", async (_, options, says) => {
    const folder = project({
      "acme.mjs": `import { z } from "zod";\n${plugin(`{ extensions: [{ kind: "metric", name: "near", summary: "", options: ${options}, create: () => ({}) }] }`)}`,
      "rows.csv": "x,y\n1,2\n",
      "millrace.config.json": { schema: 1, project: "p", plugins: ["./acme.mjs"], models: { m: { source: { use: "csv", with: { files: "./rows.csv" } }, columns: { target: "y" }, train: "mean", evaluate: { metrics: ["near"] } } } },
    });
    for (const args of [["plan"], ["plugins", "near"]]) {
      const { code, err } = await millrace(folder, ...args);
      expect({ code, says: err.split(":")[0] }).toEqual({ code: 2, says: "error PLUGIN_SCHEMA" });
      expect(err).toContain(says);
    }
  });

  it("a transform that fails while its plan is made is named with its place, and is no mistake of the config", async () => {
    const folder = project({
      "acme.mjs": plugin(`{ extensions: [{ ...${extension("warmth")}, kind: "transform", create: () => ({ learnsFrom: "inputs", fields: (input) => input[7].name }) }] }`),
      "rows.csv": "x,y\n1,2\n2,3\n",
      "millrace.config.json": { schema: 1, project: "p", plugins: ["./acme.mjs"], models: { m: { source: { use: "csv", with: { files: "./rows.csv" } }, columns: { target: "y", task: "regression" }, split: "random", features: [{ use: "warmth", from: ["x"] }], train: "ridge" } } },
    });
    const { code, err } = await millrace(folder, "plan");
    expect(code).toBe(1);
    expect(err).toMatch(/^error PLUGIN_FAILED: millrace\.config\.json:\d+:\d+ models\.m\.features\[0\]: The transform "warmth" \(plugin "acme"\) failed in fields\(\): Cannot read properties of undefined/);
    expect(err).toContain('mend: Run again with --debug, and report what it prints to the author of plugin "acme" (file://');
    expect((await millrace(folder, "plan", "--debug")).err).toMatch(/caused by: TypeError[^]*at Object\.fields \(file:.*acme\.mjs/);
  });

  it("an option that is a function", async () => {
    const folder = project({
      "acme.mjs": plugin(`{ extensions: [${extension("near")}] }`),
      "millrace.config.mjs": `import acme from "./acme.mjs";
export default { schema: 1, project: "p", plugins: [acme()], models: { m: {
  source: { use: "csv", with: { files: "./rows.csv" } }, columns: { target: "y" }, train: "mean",
  evaluate: { metrics: [{ use: "near", with: { how: (a, b) => a - b } }] } } } };
`,
    });
    const { code, err } = await millrace(folder, "plan");
    expect(code).toBe(2);
    expect(err).toContain("models.m.evaluate.metrics[0].with.how: holds a function; a config is plain data. Name a module and its export instead of a function.");
  });
});
