import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PlannedTask, RunRecord } from "@millrace/core";
import { expect, it } from "vitest";
import { artifactsOf } from "../../fixtures/artifacts-of.js";
import { millraceOk } from "../../fixtures/millrace-process.js";
import { projectFolders, writeFiles } from "../../fixtures/project-folders.js";

const project = projectFolders();

const TYPESCRIPT = `import { defineConfig, defineModel } from "millrace";

const measures: string[] = ["Beak Length (mm)", "Beak Depth (mm)", "Flipper Length (mm)", "Body Mass (g)"];
const species = defineModel({
  source: { use: "json", with: { files: "./penguins.json" } },
  columns: { target: "Species" },
  check: [{ use: "leakage", with: { ignore: ["Species"] } }],
  split: { use: "random", with: { stratify: true } },
  features: [
    { use: "category", from: ["Island", "Sex"] },
    { use: "standardize", from: measures },
  ],
  train: { use: "logistic", with: { l2: 1 } },
  evaluate: { metrics: ["accuracy"], baselines: ["prior"] },
  register: { alias: "champion" },
});

export default defineConfig({ schema: 1, project: "penguins", models: { species } });
`;

const YAML = `# the same project
schema: 1
project: penguins
models:
  species:
    source: { use: json, with: { files: ./penguins.json } }
    columns: { target: Species }
    check: [{ use: leakage, with: { ignore: [Species] } }]
    split:
      use: random
      with:
        stratify: true
    features:
      - { use: category, from: [Island, Sex] }
      - use: standardize
        from: [Beak Length (mm), Beak Depth (mm), Flipper Length (mm), Body Mass (g)]
    train: { use: logistic, with: { l2: 1.0 } }
    evaluate: { metrics: [accuracy], baselines: [prior] }
    register: { alias: champion }
`;

// Bare names and defaults written out are one and the same too.
const JSON_CONFIG = {
  models: {
    species: {
      register: { alias: "champion" },
      evaluate: { metrics: [{ use: "accuracy" }], baselines: [{ use: "prior", with: {} }], confidence: 0.95 },
      train: "logistic",
      features: [
        { use: "category", from: ["Island", "Sex"], with: { minCount: 1 } },
        { use: "standardize", from: ["Beak Length (mm)", "Beak Depth (mm)", "Flipper Length (mm)", "Body Mass (g)"] },
      ],
      split: { use: "random", with: { stratify: true, test: 0.2 } },
      check: [{ use: "leakage", with: { ignore: ["Species"] } }],
      columns: { target: "Species", rest: "use" },
      source: { use: "json", with: { files: "./penguins.json" } },
    },
  },
  project: "penguins",
  schema: 1,
};

const FORMATS = { "millrace.config.ts": TYPESCRIPT, "millrace.config.yaml": YAML, "millrace.config.json": JSON_CONFIG };

it("TypeScript, YAML and JSON are one project: what one has done, the others reuse", async () => {
  const folder = project({});
  copyFileSync(fileURLToPath(new URL("../../node_modules/vega-datasets/data/penguins.json", import.meta.url)), join(folder, "penguins.json"));
  const found: { readonly config: string; readonly digest: unknown; readonly keys: unknown; readonly statuses: readonly string[]; readonly artifacts: readonly string[] }[] = [];
  for (const [config, content] of Object.entries(FORMATS)) {
    writeFiles(folder, { [config]: content });
    const { tasks } = (await millraceOk(folder, "run", "--json")).json<RunRecord>()[0]!;
    const [plan] = (await millraceOk(folder, "plan", "--json")).json<{ readonly tasks: readonly PlannedTask[] }>();
    const [resolved] = (await millraceOk(folder, "config", "--json")).json();
    found.push({
      config,
      digest: resolved!["digest"],
      keys: plan!.tasks.map(({ id, key }) => [id, key]),
      statuses: [...new Set(tasks.map(({ status }) => status))],
      artifacts: artifactsOf(folder),
    });
    rmSync(join(folder, config));
  }
  const [first, ...others] = found;
  expect(first!.statuses).toEqual(["succeeded"]);
  for (const other of others) expect(other).toEqual({ ...first, config: other.config, statuses: ["reused"] });
});
