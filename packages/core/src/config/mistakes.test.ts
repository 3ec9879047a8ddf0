import { describe, expect, it } from "vitest";
import { loadWithStubs, smallConfig, writeProject, type Loose } from "../../fixtures/config/write-project.js";
import { MillraceError } from "../errors/millrace-error.js";
import type { ConfigIssue } from "./issue.js";

async function issuesOf(config: unknown): Promise<readonly ConfigIssue[]> {
  const folder = writeProject({ "millrace.config.json": config });
  const error = await loadWithStubs(folder).then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!MillraceError.is(error, "CONFIG_INVALID")) throw new Error(`expected CONFIG_INVALID, got ${String(error)}`);
  return error.facts["issues"] as readonly ConfigIssue[];
}

type Change = (model: Loose, config: Loose) => void;

/** One mistake each: how it is made, and what its issue says. */
const MISTAKES: readonly (readonly [string, Change, Partial<ConfigIssue> & { readonly path: string }])[] = [
  ["a key of a model that does not exist", (model) => (model["trian"] = "logistic"), { path: "models.kinds.trian", nearest: "train" }],
  ["a key that is like no other", (_, config) => (config["gadgetry"] = {}), { path: "gadgetry", nearest: null }],
  ["a key that is read before the rest", (_, config) => (config["plugin"] = []), { path: "plugin", nearest: "plugins" }],
  ["a key of columns that does not exist", (model) => (model["columns"].targt = "kind"), { path: "models.kinds.columns.targt", nearest: "target" }],
  ["an unknown trainer", (model) => (model["train"] = "logistik"), { path: "models.kinds.train", nearest: "logistic", found: "logistik" }],
  ["an unknown metric in a list", (model) => (model["evaluate"] = { metrics: ["acuracy"] }), { path: "models.kinds.evaluate.metrics[0]", nearest: "accuracy" }],
  ["a store where a trainer stands", (model) => (model["train"] = "sqlite"), { path: "models.kinds.train", allowed: ["logistic", "prior", "ridge"] }],
  ["an unknown rule of splitting", (model) => (model["split"] = "tyme"), { path: "models.kinds.split", nearest: "time" }],
  ["an option that does not exist", (model) => (model["train"] = { use: "logistic", with: { l3: 1 } }), { path: "models.kinds.train.with.l3", nearest: "l2", allowed: ["l2", "tolerance"] }],
  ["an option of another type", (model) => (model["train"] = { use: "logistic", with: { l2: "much" } }), { path: "models.kinds.train.with.l2", found: "much", allowed: "a number" }],
  ["an option out of range", (model) => (model["train"] = { use: "logistic", with: { l2: -1 } }), { path: "models.kinds.train.with.l2", found: -1, allowed: "at least 0" }],
  ["an option that is missing", (model) => (model["source"] = { use: "csv" }), { path: "models.kinds.source.with.file", message: "is missing." }],
  ["a name in a list of an option", (model) => (model["features"] = [{ use: "date-parts", from: ["day"], with: { parts: ["hours"] } }]), { path: "models.kinds.features[0].with.parts[0]", nearest: "hour" }],
  ["keys that do not go together", (model) => (model["features"] = [{ use: "clip", from: ["a"], with: { lower: 2 } }]), { path: "models.kinds.features[0].with", message: "`lower` must be below `upper`." }],
  ["a key that another one needs", (model) => (model["features"] = [{ use: "clip", from: ["a"], with: { lower: -7, from: "mean" } }]), { path: "models.kinds.features[0].with.from", message: 'goes with an upper above 2, found "mean".' }],
  ["a key that is not there and that another one needs", (model) => (model["features"] = [{ use: "clip", from: ["a"], with: { lower: 0.5 } }]), { path: "models.kinds.features[0].with.upper", message: "is needed where lower is 0.5.", mend: "Add models.kinds.features[0].with.upper." }],
  ["a mistyped key that a rule misses", (model) => (model["features"] = [{ use: "clip", from: ["a"], with: { lower: 2, uper: 3 } }]), { path: "models.kinds.features[0].with.uper", nearest: "upper" }],
  ["a list that may be null and goes with another key", (model) => (model["features"] = [{ use: "clip", from: ["a"], with: { at: [1] } }]), { path: "models.kinds.features[0].with.at", message: "goes with mean, found a list of 1.", mend: "It means: Where to clip." }],
  ["a feature without columns", (model) => (model["features"] = [{ use: "category" }]), { path: "models.kinds.features[0].from", message: "is missing." }],
  ["a bare list where an object stands", (model) => (model["columns"] = ["kind"]), { path: "models.kinds.columns", found: "a list of 1" }],
  ["no source", (model) => delete model["source"], { path: "models.kinds.source", message: "is missing." }],
  ["no project", (_, config) => delete config["project"], { path: "project", message: "is missing." }],
  ["an object where a text stands", (_, config) => (config["project"] = { name: "x" }), { path: "project", message: "must be text, found an object.", found: "an object", allowed: "text" }],
  ["an object for a gate's slice", (model) => (model["evaluate"] = { slices: ["island"], gates: [{ metric: "accuracy", slice: { column: "island", value: "Dream" }, atLeast: 0.5 }] }), { path: "models.kinds.evaluate.gates[0].slice", found: "an object", allowed: "text" }],
  ["a number as text", (_, config) => (config["schema"] = "1"), { path: "schema", message: 'must be the number 1, found the text "1".', mend: "Write 1, without quotes." }],
  ["another schema", (_, config) => (config["schema"] = 2), { path: "schema", found: 2, allowed: "1" }],
  ["a size without a unit", (_, config) => (config["limits"] = { memory: "3" }), { path: "limits.memory", found: "3" }],
  ["a duration in months where time is counted", (_, config) => (config["limits"] = { taskTime: "1mo" }), { path: "limits.taskTime", found: "1mo" }],
  ["a model's name in capitals", (_, config) => (config["models"] = { Kinds: config["models"].kinds }), { path: "models.Kinds", found: "Kinds" }],
  ["a reserved column", (model) => (model["columns"].weight = "$weight"), { path: "models.kinds.columns.weight", found: "$weight" }],
  ["a variable that is not set", (model) => (model["source"].with.file = "${env:MILLRACE_TEST_UNSET}"), { path: "models.kinds.source.with.file" }],
  ["a text's file that is not there", (model) => (model["source"] = { use: "sql", with: { query: { file: "./gone.sql" } } }), { path: "models.kinds.source.with.query", found: "./gone.sql" }],
  ["a text's file under a wrong key", (model) => (model["source"] = { use: "sql", with: { query: { filex: "./gone.sql" } } }), { path: "models.kinds.source.with.query.filex", nearest: "file" }],
  ["a text's file that is no text", (model) => (model["source"] = { use: "sql", with: { query: { file: 3 } } }), { path: "models.kinds.source.with.query.file", found: 3 }],
  ["a secret in plain text", (_, config) => (config["store"] = { use: "remote", with: { url: "postgres://me:hunter2@db" } }), { path: "store.with.url", found: null }],
  ["a window of another kind", (model) => ((model["columns"].time = "day"), (model["split"] = { use: "time", with: { test: "soon" } })), { path: "models.kinds.split.with.test", found: "soon" }],
  ["binary without a positive class", (model) => (model["columns"].task = "binary"), { path: "models.kinds.columns.positive" }],
  ["a positive class of a regression", (model) => Object.assign(model["columns"], { task: "regression", positive: 1 }), { path: "models.kinds.columns.positive" }],
  ["a split by time without time", (model) => (model["split"] = "time"), { path: "models.kinds.columns.time" }],
  ["shares that leave no training", (model) => (model["split"] = { use: "random", with: { test: 0.5, validation: 0.5 } }), { path: "models.kinds.split.with" }],
  ["a gate on what is not measured", (model) => (model["evaluate"] = { metrics: ["accuracy"], gates: [{ metric: "roc-auc", atLeast: 0.5 }] }), { path: "models.kinds.evaluate.gates[0].metric" }],
  ["a gate where nothing is measured", (model) => (model["evaluate"] = { metrics: [], gates: [{ metric: "accuracy", atLeast: 0.5 }] }), { path: "models.kinds.evaluate.gates[0].metric" }],
  ["a gate without a bound", (model) => (model["evaluate"] = { gates: [{ metric: "accuracy" }] }), { path: "models.kinds.evaluate.gates[0]" }],
  ["a gate on a masked value", (model) => ((model["columns"] = { ...(model["columns"] as object), pii: ["island"] }), (model["evaluate"] = { slices: ["island"], gates: [{ metric: "accuracy", slice: "island=Dream", atLeast: 0.5 }] })), { path: "models.kinds.evaluate.gates[0].slice" }],
  ["a gate on no slice", (model) => (model["evaluate"] = { slices: ["island"], gates: [{ metric: "accuracy", slice: "isle=Dream", atLeast: 0.5 }] }), { path: "models.kinds.evaluate.gates[0].slice" }],
  ["the target as a feature", (model) => (model["features"] = [{ use: "category", from: ["kind"] }]), { path: "models.kinds.features[0].from[0]" }],
  ["an ignored column as a feature", (model) => ((model["columns"].ignore = ["sex"]), (model["features"] = [{ use: "category", from: ["sex"] }])), { path: "models.kinds.features[0].from[0]" }],
  ["one column in two roles", (model) => (model["columns"].weight = "kind"), { path: "models.kinds.columns.weight" }],
  ["no target", (model) => delete model["columns"].target, { path: "models.kinds.columns.target" }],
  ["an alias with a space", (model) => (model["register"] = { alias: "the best" }), { path: "models.kinds.register.alias", found: "the best" }],
];

describe("a mistake in a config", () => {
  it.each(MISTAKES)("%s", async (_, change, expected) => {
    const config = smallConfig();
    change(config["models"].kinds, config);
    const issues = await issuesOf(config);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject(expected);
    expect(issues[0]!.file).toMatch(/millrace\.config\.json$/);
    expect(issues[0]!.line).toBeGreaterThan(0);
    expect(issues[0]!.column).toBeGreaterThan(0);
    expect(issues[0]!.plugin).toMatch(/^(stubs|@millrace\/core)$/);
    expect(issues[0]!.mend).toMatch(/^[A-Z].*[.?:)]|^It means/);
  });

  it("does not hide another: all are told at once, with file and line", async () => {
    const config = smallConfig();
    const some = ["a key of a model that does not exist", "a key of columns that does not exist", "an unknown trainer", "an unknown rule of splitting", "a size without a unit"];
    for (const [name, change] of MISTAKES) if (some.includes(name)) change(config["models"].kinds, config);
    const issues = await issuesOf(config);
    expect(issues.map(({ path }) => path).sort()).toEqual(["limits.memory", "models.kinds.columns.targt", "models.kinds.split", "models.kinds.train", "models.kinds.trian"]);
  });

  it("never shows a secret", async () => {
    const config = { ...smallConfig(), store: { use: "remote", with: { url: "postgres://me:hunter2@db" } } };
    const folder = writeProject({ "millrace.config.json": config });
    const error = await loadWithStubs(folder).catch((cause: unknown) => cause);
    expect(JSON.stringify([error, (error as Error).message])).not.toContain("hunter2");
  });

  it("is told with its line in TypeScript and YAML", async () => {
    const ts = 'import { defineConfig } from "millrace";\n// a /* comment\nconst l2 = 1;\nexport default defineConfig({\n  schema: 1, project: "p",\n  models: {\n    m: {\n      source: { use: "csv", with: { file: `a${"}"}.csv` } },\n      columns: { target: "y" },\n      train: { use: "logistic", with: { l2, l3: [1, 2].map((x) => x / 2) } },\n    },\n  },\n});\n';
    const yaml = "schema: 1\nproject: p\nmodels:\n  m:\n    source: { use: csv, with: { file: a.csv } }\n    columns: { target: y }\n    train:\n      use: logistic\n      with:\n        l3: 1\n";
    for (const [name, text, place] of [
      ["millrace.config.ts", ts, "10:45"],
      ["millrace.config.yaml", yaml, "10:9"],
    ] as const) {
      const error = await loadWithStubs(writeProject({ [name]: text })).catch((cause: unknown) => cause);
      expect((error as MillraceError).message).toContain(`${name}:${place} models.m.train.with.l3: is no key of models.m.train.with. Did you mean "l2"? Rename "l3", or remove it. Allowed: l2, tolerance. (stubs)`);
    }
  });

  it("is told where it is written in YAML with anchors, and in JSON with tabs", async () => {
    const yaml = "schema: 1\nproject: p\nmodels:\n  m: &shared\n    source: { use: csv, with: { file: a.csv } }\n    columns: { target: y }\n    train: &how { use: logistic, with: { l3: 1 } }\n  n: *shared\n";
    const json = '{\n\t"schema": 1,\n\t"project": "p",\n\t"models": { "m": {\n\t\t"source": { "use": "csv", "with": { "file": "a.csv" } },\n\t\t"columns": { "target": "y" },\n\t\t"train": { "use": "logistic", "with": { "l3": 1 } } } }\n}\n';
    const said = async (name: string, text: string) => ((await loadWithStubs(writeProject({ [name]: text })).catch((cause: unknown) => cause)) as MillraceError).message;
    const inYaml = await said("millrace.config.yaml", yaml);
    for (const model of ["m", "n"]) expect(inYaml).toContain(`millrace.config.yaml:7:42 models.${model}.train.with.l3: is no key`);
    expect(await said("millrace.config.json", json)).toContain("millrace.config.json:7:43 models.m.train.with.l3: is no key");
  });

  it("names who says it: an overlay, --set, or the environment", async () => {
    const base = smallConfig();
    base["models"].kinds.train = { use: "logistic", with: { l2: "${env:MILLRACE_TEST_L2}" } };
    const folder = writeProject({ "millrace.config.json": base, "millrace.config.prod.yaml": "models:\n  kinds:\n    columns: { targt: x }\nenv: [own.env]\n", "own.env": "MILLRACE_TEST_L2=much\n" });
    const { message } = (await loadWithStubs(folder, { env: "prod", set: ["models.kinds.split=tyme"] }).catch((cause: unknown) => cause)) as MillraceError;
    expect(message).toContain('millrace.config.prod.yaml:3:16 models.kinds.columns.targt: is no key of models.kinds.columns. Did you mean "target"?');
    expect(message).toContain('--set models.kinds.split: is no rule of splitting: "tyme". Did you mean "time"?');
    expect(message).toContain('models.kinds.train.with.l2: must be a number, found "much". It comes from ${env:MILLRACE_TEST_L2}.');
  });

  it("is told in the module of its model", async () => {
    const folder = writeProject({
      "millrace.config.ts": 'import kinds from "./kinds.js";\nexport default { schema: 1, project: "p", models: { kinds } };\n',
      "kinds.ts": 'export default {\n  source: { use: "csv", with: { file: "a.csv" } },\n  columns: { target: "y" },\n  train: "logistik",\n};\n',
    });
    const { message } = (await loadWithStubs(folder).catch((cause: unknown) => cause)) as MillraceError;
    expect(message).toContain('kinds.ts:4:3 models.kinds.train: is no trainer that a plugin brings: "logistik".');
  });

  it("of a plugin or of defaults does not hide the others", async () => {
    const config: Loose = { ...smallConfig(), plugins: ["./gone.mjs", "@millrace/plugin-none", 3, "./broken.mjs", "./two.mjs"], defaults: "no" };
    config["models"].kinds.trian = "x";
    // What a plugin that is wrong would bring is not known; a name that is near to a known one is.
    Object.assign(config["models"].kinds, { train: "logistik", check: ["of-the-plugin"] });
    const folder = writeProject({ "millrace.config.json": config, "broken.mjs": 'throw new Error("no");', "two.mjs": 'export default { contract: 2, name: "two", version: "1.0.0", url: import.meta.url, extensions: [], apply() {} };' });
    const error = (await loadWithStubs(folder).catch((cause: unknown) => cause)) as MillraceError;
    expect(error.code).toBe("CONFIG_INVALID");
    const issues = error.facts["issues"] as readonly ConfigIssue[];
    expect(issues.map(({ path }) => path).sort()).toEqual(["defaults", "models.kinds.train", "models.kinds.trian", "plugins[0]", "plugins[1]", "plugins[2]", "plugins[3]", "plugins[4]"]);
    for (const { line, column } of issues) expect([line, column]).toEqual([expect.any(Number), expect.any(Number)]);
    expect(error.message).toMatch(/millrace\.config\.json:\d+:5 plugins\[0\]: names the file .*gone\.mjs, which is not there\./);
    expect(error.message).toContain("plugins[2]: found 3, which is no plugin.");
    expect(error.message).toContain("broken.mjs:1 failed while it was loaded: no");
    expect(error.message).toContain('plugins[4]: Plugin "two" was made for contract 2');
    expect(error.message).toContain('defaults: must be true or false, found "no".');
  });

  it("hides what only follows from it", async () => {
    const config = smallConfig();
    const { target, ...columns } = config["models"].kinds.columns;
    Object.assign(config["models"].kinds, { columns: { ...columns, targt: target, positive: "a" }, evaluate: { metrics: ["accuracy"], gates: [{ metric: "accuracy", atLeest: 0.5 }] } });
    expect((await issuesOf(config)).map(({ path }) => path)).toEqual(["models.kinds.columns.targt", "models.kinds.evaluate.gates[0].atLeest"]);
    const both = smallConfig();
    both["models"].kinds.evaluate = { metrics: ["accuracy"], gates: [{ metric: "accuracy", remark: 1 }] };
    expect((await issuesOf(both)).map(({ path }) => path)).toEqual(["models.kinds.evaluate.gates[0]", "models.kinds.evaluate.gates[0].remark"]);
  });
});

describe("a config that cannot be read", () => {
  const UNREADABLE: readonly (readonly [name: string, files: Readonly<Record<string, unknown>>, code: string, says?: string])[] = [
    ["nothing there", {}, "CONFIG_NOT_FOUND"],
    ["two of them", { "millrace.config.json": smallConfig(), "millrace.config.yaml": "schema: 1" }, "CONFIG_AMBIGUOUS"],
    ["an empty file", { "millrace.config.yaml": "\n" }, "CONFIG_NO_OBJECT"],
    ["a list", { "millrace.config.yaml": "- 1" }, "CONFIG_NO_OBJECT"],
    ["broken JSON", { "millrace.config.json": '{\n  "schema": 1,\n  "project": \n}' }, "CONFIG_SYNTAX"],
    ["a JSON key twice", { "millrace.config.json": '{\n  "schema": 1,\n  "schema": 1\n}' }, "CONFIG_SYNTAX"],
    ["broken YAML", { "millrace.config.yaml": "schema: 1\nproject: [a\n" }, "CONFIG_SYNTAX"],
    ["a YAML key twice", { "millrace.config.yaml": "schema: 1\nschema: 1\n" }, "CONFIG_SYNTAX"],
    ["broken TypeScript", { "millrace.config.ts": "export default {\n  a: 1,\n  b: [1, 2\n};\n" }, "CONFIG_SYNTAX"],
    ["a script that throws", { "millrace.config.ts": 'throw new Error("no");' }, "CONFIG_SCRIPT"],
    ["a script that imports what is not there", { "millrace.config.ts": 'import x from "not-there"; export default x;' }, "CONFIG_SCRIPT"],
    ["a script that reads a file that is not there", { "millrace.config.ts": 'import { readFileSync } from "node:fs"; readFileSync("/not/there"); export default {};' }, "CONFIG_SCRIPT"],
    ["a script without a default export", { "millrace.config.ts": "export const config = { schema: 1 };" }, "CONFIG_NO_OBJECT", 'it has no default export, only "config".'],
    ["a plugin of another contract", { "millrace.config.json": { ...smallConfig(), plugins: ["./p.mjs"] }, "p.mjs": 'export default { contract: 2, name: "two", extensions: [] };' }, "PLUGIN_CONTRACT", 'millrace.config.json:19:5 plugins[0]: Plugin "two" was made for contract 2'],
    ["a plugin that is none", { "millrace.config.ts": 'export default { plugins: [{}], schema: 1, project: "p", models: {} };' }, "CONFIG_NO_PLUGIN"],
    ["a plugin's file that is not there", { "millrace.config.json": { ...smallConfig(), plugins: ["./aa.ts"] } }, "CONFIG_NO_PLUGIN", " plugins[0]: names the file "],
    ["a plugin's package that is not installed", { "millrace.config.json": { ...smallConfig(), plugins: ["@millrace/plugin-none"] } }, "CONFIG_NO_PACKAGE"],
    ["plugins that are no list", { "millrace.config.json": { ...smallConfig(), plugins: "./p.ts" } }, "CONFIG_PREAMBLE"],
    ["defaults that are neither true nor false", { "millrace.config.json": { ...smallConfig(), defaults: "no" } }, "CONFIG_PREAMBLE"],
    ["a base that is not there", { "millrace.config.json": { ...smallConfig(), extends: ["./gone.json"] } }, "CONFIG_EXTENDS", " extends[0]: names the file "],
    ["a base that is no text", { "millrace.config.json": { ...smallConfig(), extends: { file: "./b.json" } } }, "CONFIG_EXTENDS", ":18:3 extends: must be a relative file or a package, found an object."],
    ["a base that extends its heir", { "millrace.config.json": { ...smallConfig(), extends: "./b.json" }, "b.json": { extends: "./millrace.config.json" } }, "CONFIG_EXTENDS"],
  ];
  it.each(UNREADABLE.map(([name, files, code, says = ""]) => ({ name, files, code, says })))("$name", async ({ files, code, says }) => {
    const error = await loadWithStubs(writeProject(files)).catch((cause: unknown) => cause);
    expect(MillraceError.is(error, code), String(error)).toBe(true);
    expect((error as MillraceError).message).toContain(says);
    if (code === "CONFIG_SYNTAX") {
      const { message, mend } = error as MillraceError;
      expect(message).toMatch(/millrace\.config\.\w+:\d+:\d+/);
      expect([message, mend].join(" ").match(/:\d+:\d+|position \d+|line \d+/g)).toHaveLength(1);
    }
  });
});
