import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { millraceWith } from "../../fixtures/millrace-process.js";
import { projectFolders } from "../../fixtures/project-folders.js";
import { jsonLines, orders } from "../../fixtures/shop.js";

// Time on a machine that does other things is luck; what a command loads is not. `npm run bench -- cli` has the times.

const project = projectFolders();
const LIST = fileURLToPath(new URL("../../fixtures/list-modules.mjs", import.meta.url));

const CONFIG = `import { defineConfig } from "millrace";

export default defineConfig({
  schema: 1,
  project: "shop",
  models: {
    returned: {
      source: { use: "sql", with: { query: "SELECT * FROM orders", files: { orders: "rows.jsonl" } } },
      columns: { target: "returned", positive: "yes" },
      features: [{ use: "category", from: ["city"] }, { use: "standardize", from: ["price"] }],
      train: "logistic",
      evaluate: { metrics: ["roc-auc"], baselines: ["prior"] },
    },
  },
});
`;

/** Files that a plan may load beside those of zod: 264 when this was written, a third of them options of extensions. Each takes about half a millisecond. */
const MOST_OF_A_PLAN = 290;

/** URLs of the modules that a command loads. */
async function modulesOf(folder: string, ...argv: readonly string[]): Promise<readonly string[]> {
  const file = join(folder, "modules.txt");
  rmSync(file, { force: true });
  const { code, err } = await millraceWith({ env: { MILLRACE_TEST_MODULES: file }, node: ["--import", LIST] }, folder, ...argv);
  expect({ code, err }).toEqual({ code: 0, err: expect.any(String) });
  return readFileSync(file, "utf8").trim().split("\n").filter((url) => url.startsWith("file:"));
}

const named = (modules: readonly string[], ...names: readonly string[]): readonly string[] => names.filter((name) => modules.some((url) => url.includes(`/${name}`)));

describe("what a command loads", () => {
  it.each([["--help"], ["--version"]])("%s: no more than ten files, and nothing of the core", async (option) => {
    const modules = await modulesOf(project({}), option);
    expect(modules.length).toBeLessThanOrEqual(10);
    expect(named(modules, "packages/core/", "zod/", "citty/")).toEqual([]);
  });

  it("the help of a command: no config, no hooks, no library of data", async () => {
    expect(named(await modulesOf(project({}), "init", "--help"), "tapable", "jiti", "oxc-parser", "duckdb.js", "apache-arrow", "onnxruntime", "clack")).toEqual([]);
  });

  it("a config in TypeScript: the parser, which is native code, only where a mistake has to be placed", async () => {
    const list = 'process.on("exit", () => process.stderr.write(process.report.getReport().sharedObjects.filter((name) => name.includes("oxc")).join()))';
    const planned = async (more: string) => {
      const folder = project({ "millrace.config.ts": `import { defineConfig } from "millrace";\nexport default defineConfig({ schema: 1, project: "p", models: {}${more} });\n` });
      return millraceWith({ node: ["--import", `data:text/javascript,${encodeURIComponent(list)}`] }, folder, "plan");
    };
    expect(await planned("")).toMatchObject({ code: 0, err: "" });
    expect(await planned(", trian: 1")).toMatchObject({ code: 2, err: expect.stringContaining("oxc-parser") });
  });

  it("a plan and a run with nothing to do: neither DuckDB, Arrow, ONNX, nor what a step does; a plan no more files than it needs", async () => {
    const rows = orders(120).map(({ city, price, returned }) => ({ city, price, returned: returned ? "yes" : "no" }));
    const folder = project({ "millrace.config.ts": CONFIG, "rows.jsonl": jsonLines(rows) });
    expect(await millraceWith({}, folder, "run")).toMatchObject({ code: 0 });
    const planned = await modulesOf(folder, "plan");
    for (const modules of [planned, await modulesOf(folder, "run")]) {
      expect(named(modules, "@duckdb/node-api/", "apache-arrow/", "onnxruntime-node/", "onnxruntime-web/", "onnx-proto/", "vega/", "hono/")).toEqual([]);
      expect(named(modules, "core/dist/run/tasks/", "core/dist/graph/", "core/dist/engine.js", "core/dist/index.js")).toEqual([]);
    }
    expect(named(planned, "core/dist/policy/", "core/dist/statistics/", "core/dist/run/runner.js", "core/dist/frame/columns.js")).toEqual([]);
    expect(planned.filter((url) => !url.includes("/zod/")).length).toBeLessThanOrEqual(MOST_OF_A_PLAN);
  });
});
