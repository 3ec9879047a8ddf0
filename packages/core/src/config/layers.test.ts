import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stub } from "../../fixtures/config/stub-plugins.js";
import { loadWithStubs, smallConfig, writeProject, type Loose } from "../../fixtures/config/write-project.js";
import { definePlugin } from "../plugin/plugin.js";

const PLUGIN = (name: string, trainer: string) =>
  `export default () => ({ contract: 1, name: "${name}", version: "1.0.0", url: import.meta.url, apply() {},
    extensions: [{ kind: "trainer", name: "${trainer}", summary: "", options: { "~standard": { version: 1, vendor: "x", validate: (value) => ({ value }), jsonSchema: { input: () => ({}) } } }, create() {} }] });`;

describe("an overlay", () => {
  const production = {
    store: { use: "remote", with: { url: "${env:STORE_URL}" } },
    models: { kinds: { train: { use: "ridge" }, check: [], columns: { rest: "drop" } } },
  };
  it("merges objects deeply, replaces lists and pairs of use and with", async () => {
    const base = smallConfig();
    base["models"].kinds.train = { use: "logistic", with: { tolerance: 1e-3 } };
    base["models"].kinds.check = [{ use: "not-null", with: { columns: ["kind"] } }];
    const folder = writeProject({ "millrace.config.json": base, "millrace.config.production.json": production });
    const { config } = await loadWithStubs(folder, { env: "production" });
    const [model] = config.models;
    expect(config.store).toEqual({ kind: "store", name: "remote", with: { url: "${env:STORE_URL}", schema: "millrace" } });
    expect(model!.train).toEqual({ kind: "trainer", name: "ridge", with: { l2: 1 } });
    expect(model!.check).toEqual([]);
    expect(model!.columns).toMatchObject({ target: "kind", rest: "drop" });
    expect(config.origins.of("models.kinds.columns.rest")).toMatchObject({ kind: "overlay", file: join(folder, "millrace.config.production.json") });
    expect(config.origins.of("models.kinds.columns.target")).toMatchObject({ kind: "file", file: join(folder, "millrace.config.json") });
  });
  it("must be there when it is asked for, and names those that are", async () => {
    const folder = writeProject({ "millrace.config.json": smallConfig(), "millrace.config.production.json": production });
    await expect(loadWithStubs(folder, { env: "prodution" })).rejects.toMatchObject({ code: "CONFIG_NO_OVERLAY", mend: expect.stringContaining('"production"') });
  });
  it("goes with a name when it brings options alone", async () => {
    const folder = writeProject({ "millrace.config.json": smallConfig(), "millrace.config.x.yaml": "models: { kinds: { train: { with: { l2: 3 } } } }" });
    expect((await loadWithStubs(folder, { env: "x" })).config.models[0]!.train).toMatchObject({ name: "logistic", with: { l2: 3 } });
  });
});

describe("extends", () => {
  it("takes a base from elsewhere, whose files and plugins are found beside it", async () => {
    const base: Loose = { ...smallConfig(), plugins: ["./plugin.mjs"] };
    base["models"].kinds.source = { use: "sql", with: { query: { file: "./base.sql" } } };
    const folder = writeProject({
      "shared/base.json": base,
      "shared/base.sql": "SELECT 1",
      "shared/plugin.mjs": PLUGIN("shared", "theirs"),
      "own.mjs": PLUGIN("own", "ours"),
      "millrace.config.yaml": "extends: ./shared/base.json\nplugins: [./own.mjs]\nproject: heir\n",
    });
    const { config, registry } = await loadWithStubs(folder);
    expect(config.project).toBe("heir");
    expect(config.models[0]!.source.with).toMatchObject({ query: "SELECT 1" });
    expect(registry.plugins.map(({ name }) => name)).toEqual(["stubs", "shared", "own"]);
    expect(config.origins.of("models.kinds.columns.target")).toMatchObject({ kind: "extends", file: join(folder, "shared/base.json") });
  });
});

const folder = (): string => writeProject({ "millrace.config.json": smallConfig() });

describe("--set", () => {
  it("goes over all files, as JSON where it is JSON", async () => {
    const { config } = await loadWithStubs(folder(), { set: ["models.kinds.train.with.l2=0.1", "project=other", 'models.kinds.evaluate.metrics=["accuracy"]', "models.kinds.evaluate.metrics.1=brier"] });
    expect(config.project).toBe("other");
    expect(config.models[0]!.train.with).toMatchObject({ l2: 0.1 });
    expect(config.models[0]!.evaluate.metrics.map(({ name }) => name)).toEqual(["accuracy", "brier"]);
    expect(config.origins.of("project")).toEqual({ kind: "set", file: null, line: null, column: null });
  });
  it.each(["l2", "models..x=1", "models.kinds.check.2=not-null", 'plugins=["./own.mjs"]', "extends=./base.json"])("refuses %s", async (assignment) => {
    const config = smallConfig();
    config["models"].kinds.check = [];
    await expect(loadWithStubs(writeProject({ "millrace.config.json": config }), { set: [assignment] })).rejects.toMatchObject({ code: "CONFIG_SET" });
  });
  it("is no way round the schema", async () => {
    await expect(loadWithStubs(folder(), { set: ["models.kinds.trian=1"] })).rejects.toMatchObject({ code: "CONFIG_INVALID" });
  });
});

describe("plugins", () => {
  it("add to the defaults, which can be left out", async () => {
    const without = { ...smallConfig(), defaults: false, plugins: ["./plugin.mjs"] };
    const folder = writeProject({ "millrace.config.json": without, "plugin.mjs": PLUGIN("own", "ours") });
    const error = await loadWithStubs(folder).catch((cause: unknown) => cause);
    const paths = (error as { facts: { issues: { path: string }[] } }).facts.issues.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["models.kinds.source.use", "models.kinds.train", "store", "artifacts", "executor", "runtime"]));
  });
  it("may change the config before it is parsed, and are named as the origin", async () => {
    const shaper = definePlugin({
      name: "shaper",
      version: "1.0.0",
      url: import.meta.url,
      extensions: [stub("trainer", "shaped")],
      apply: (hooks) => hooks.config.tap("shaper", (config) => ({ ...(config as object), project: "shaped" })),
    });
    const folder = writeProject({ "millrace.config.json": smallConfig() });
    const { config } = await loadWithStubs(folder, { defaults: { ...(await import("../../fixtures/config/stub-plugins.js")).STUB_DEFAULTS, plugins: [...(await import("../../fixtures/config/stub-plugins.js")).stubPlugins(), shaper] } });
    expect(config.project).toBe("shaped");
    expect(config.origins.of("project").kind).toBe("hook");
    expect(config.origins.of("models.kinds.columns.target").kind).toBe("file");
  });

  it("that make a config wrong are named in the mistake", async () => {
    const { STUB_DEFAULTS } = await import("../../fixtures/config/stub-plugins.js");
    const breaker = definePlugin({ name: "breaker", version: "1.0.0", url: import.meta.url, apply: (hooks) => hooks.config.tap("breaker", (config) => ({ ...(config as object), project: 3 })) });
    const loading = loadWithStubs(writeProject({ "millrace.config.json": smallConfig() }), { defaults: { ...STUB_DEFAULTS, plugins: [...STUB_DEFAULTS.plugins, breaker] } });
    await expect(loading).rejects.toMatchObject({ message: expect.stringContaining("project (set by a plugin's hook): must be text, found 3."), facts: { issues: [{ origin: "hook", file: null, line: null, column: null }] } });
  });
});

describe("references", () => {
  it("are replaced in options, with the file's variables under the environment's, and kept where secret", async () => {
    const config: Loose = { ...smallConfig(), env: [".env"], store: { use: "remote", with: { url: "${env:MILLRACE_TEST_URL}" } } };
    config["models"].kinds.source.with.file = "${env:MILLRACE_TEST_FOLDER}/${env:MILLRACE_TEST_NONE:-rows}.csv";
    config["models"].kinds.train = { use: "logistic", with: { l2: "${env:MILLRACE_TEST_L2}" } };
    const folder = writeProject({ "millrace.config.json": config, ".env": "MILLRACE_TEST_FOLDER=data # here\nexport MILLRACE_TEST_L2='0.25'\nMILLRACE_TEST_URL=\"postgres://x\\ny\"\n" });
    const loaded = await loadWithStubs(folder);
    expect(loaded.config.models[0]!.source.with).toEqual({ file: "data/rows.csv" });
    expect(loaded.config.models[0]!.train.with).toMatchObject({ l2: 0.25 });
    expect(loaded.config.store.with).toMatchObject({ url: "${env:MILLRACE_TEST_URL}" });
    expect(loaded.registry.scope(folder).env("MILLRACE_TEST_URL")).toBe("postgres://x\ny");
  });
  it("to files are read where a text may stand, and left alone where an object may", async () => {
    const config = smallConfig();
    config["models"].kinds.source = { use: "sql", with: { query: { file: "q.sql" }, files: { file: "data.csv" } } };
    const folder = writeProject({ "millrace.config.json": config, "q.sql": "SELECT 2" });
    expect((await loadWithStubs(folder)).config.models[0]!.source.with).toEqual({ query: "SELECT 2", files: { file: "data.csv" } });
  });
});

async function digest(change: (config: Loose) => void): Promise<string> {
  const config = smallConfig();
  change(config);
  return (await loadWithStubs(writeProject({ "millrace.config.json": config }))).config.digest;
}

describe("the digest", () => {
  it("does not depend on folder, locations, secrets, limits or what is spelt out", async () => {
    const plain = await digest(() => {});
    expect(await digest((config) => (config["models"].kinds.source.with.file = "/elsewhere/rows.csv"))).toBe(plain);
    expect(await digest((config) => (config["limits"] = { threads: 1, memory: "1GiB" }))).toBe(plain);
    expect(await digest((config) => (config["models"].kinds.train = { use: "logistic", with: { l2: 1 } }))).toBe(plain);
    expect(await digest((config) => (config["models"].kinds.split = { use: "random" }))).toBe(plain);
    const remote = (url: string) => digest((config) => (config["store"] = { use: "remote", with: { url } }));
    expect(await remote("${env:A}")).toBe(await remote("${file:b}"));
  });
  it("depends on all else", async () => {
    expect(await digest((config) => (config["models"].kinds.train = { use: "logistic", with: { l2: 2 } }))).not.toBe(await digest(() => {}));
  });
});
