import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadWithStubs, smallConfig, writeProject } from "../../fixtures/config/write-project.js";
import { STUB_DEFAULTS } from "../../fixtures/config/stub-plugins.js";
import { loadConfig } from "./load.js";

const fixtures = fileURLToPath(new URL("../../fixtures/config/", import.meta.url));
const modules = { millrace: { defineConfig: (config: unknown) => config } };
const load = (folder: string, more: object = {}) => loadConfig({ folder: fixtures + folder, defaults: STUB_DEFAULTS, modules, ...more });

const of = async (folder: string, path: string, more: object = {}) => (await load(folder, more)).config.origins.of(path);

describe("the config in three formats", () => {
  it("resolves to one digest", async () => {
    const [ts, yaml, json] = await Promise.all(["flights-ts", "flights-yaml", "flights-json"].map((folder) => load(folder)));
    expect(yaml!.config.document).toEqual(ts!.config.document);
    expect(json!.config.document).toEqual(ts!.config.document);
    expect(new Set([ts, yaml, json].map((loaded) => loaded!.config.digest)).size).toBe(1);
  });
  it("looks for leakage of the target unless a model says how", async () => {
    const { config } = await load("flights-ts");
    expect(config.models[0]!.check.map(({ name }) => name)).toEqual(["not-null", "leakage"]);
    const own = await load("flights-ts", { set: ['models.delays.check=["leakage"]'] });
    expect(own.config.models[0]!.check.map(({ name }) => name)).toEqual(["leakage"]);
    const none = await load("flights-ts", { set: ["models.delays.check=[]"] });
    expect(none.config.models[0]!.check).toEqual([]);
  });
  it("knows where each value comes from", async () => {
    expect(await of("flights-ts", "models.delays.train.with.l2")).toMatchObject({ kind: "file", line: 17 });
    expect(await of("flights-yaml", "models.delays.train.with.l2")).toMatchObject({ kind: "file", line: 21 });
    expect(await of("flights-json", "models.delays.train.with.l2")).toMatchObject({ kind: "file", line: 22 });
    expect(await of("flights-json", "models.delays.train.with.tolerance")).toMatchObject({ kind: "default", line: null });
    expect(await of("flights-ts", "models.delays.train.with.l2", { set: ["models.delays.train.with.l2=0.5"] })).toMatchObject({ kind: "set", file: null });
  });
});

describe("metrics that a model does not name", () => {
  const measured = async (columns: object, evaluate?: object) => {
    const config = smallConfig();
    Object.assign(config["models"].kinds, { columns: { target: "kind", ...columns } }, evaluate === undefined ? {} : { evaluate });
    const { config: resolved } = await loadWithStubs(writeProject({ "millrace.config.json": config }));
    const [model] = resolved.models;
    return { metrics: model!.evaluate.metrics.map(({ name }) => name), usual: model!.usualMetrics?.multiclass.map(({ name }) => name) ?? null, origin: resolved.origins.of("models.kinds.evaluate.metrics").kind };
  };
  it("are those that are usual for the problem, where the config tells it", async () => {
    expect(await measured({ positive: "a" })).toEqual({ metrics: ["roc-auc", "log-loss"], usual: null, origin: "default" });
    expect(await measured({ task: "multiclass" }, { slices: ["island"] })).toEqual({ metrics: ["accuracy"], usual: null, origin: "default" });
  });
  it("wait for the columns, where those tell it", async () => {
    expect(await measured({})).toMatchObject({ metrics: [], usual: ["accuracy"] });
  });
  it("are none where the list is empty", async () => {
    expect(await measured({ positive: "a" }, { metrics: [] })).toEqual({ metrics: [], usual: null, origin: "file" });
  });
});
