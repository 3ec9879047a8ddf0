import { existsSync, rmSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { field, fromRows } from "@millrace/core";
import { penguinsProject } from "../../fixtures/penguins-project.js";
import { defineConfig } from "../config/config.js";
import { testRun } from "./test-run.js";

const rows = Array.from({ length: 3000 }, (_, row) => ({ size: row % 40, color: ["red", "green", null][row % 3]!, at: new Date(Date.UTC(2024, 0, 1 + (row % 300))).toISOString(), ripe: row % 40 > 8 + ((row * 17) % 23) }));

const config = defineConfig({
  schema: 1,
  project: "orchard",
  models: {
    ripe: {
      source: { use: "csv", with: { files: "./not-there.csv" } },
      columns: { target: "ripe", positive: true, time: "at" },
      check: [{ use: "not-null", with: { columns: ["size"] } }, { use: "range", with: { columns: ["size"], maximum: 30, severity: "warning" } }],
      features: [{ use: "standardize", from: ["size"] }, { use: "category", from: ["color"] }],
      train: "logistic",
      evaluate: { metrics: ["roc-auc"], gates: [{ metric: "roc-auc", atLeast: 0.8 }] },
      register: { alias: "champion" },
    },
  },
});

describe("testRun", () => {
  it("runs a config on rows at hand: record, metrics, findings, card and a model that predicts", async () => {
    await using run = await testRun(config, { rows });
    expect(run.record).toMatchObject({ status: "succeeded", models: ["ripe"] });
    expect(run.evaluation.parts.test!.metrics["roc-auc"]!.value).toBeGreaterThan(0.8);
    expect(run.findings).toMatchObject([{ severity: "warning", column: "size", rows: 675 }]);
    expect(run.version).toMatchObject({ model: "ripe", gates: "passed" });
    expect(run.card).toContain("roc-auc");
    const [small, large] = await run.model.predict([{ size: 3, color: "red" }, { size: 39, color: "green" }]);
    expect([small!["label"], large!["label"]]).toEqual(["false", "true"]);
  });

  it("refuses an option that it does not have: a misspelt one would have the real source read", async () => {
    await expect(testRun(config, { row: rows } as object)).rejects.toMatchObject({ code: "TEST_OPTION", mend: expect.stringContaining('Did you mean "rows"?') });
  });

  it("reads the config's own source where no rows are given, from a config file, and writes nothing", async () => {
    const folder = penguinsProject();
    onTestFinished(() => rmSync(folder, { recursive: true }));
    await using run = await testRun(`${folder}/millrace.config.ts`, { set: ["models.species.train.with.l2=2"] });
    expect(Object.keys(run.evaluation.baselines)).toEqual(["baseline-prior"]);
    expect(run.version).toMatchObject({ model: "species", version: 1, gates: "passed" });
    expect(existsSync(`${folder}/.millrace`)).toBe(false);
  });

  it("tells of a gate that failed, and throws nothing", async () => {
    await using run = await testRun(config, { rows, set: ["models.ripe.evaluate.gates[0].atLeast=1"] });
    expect(run.version.gates).toBe("failed");
  });

  it("takes a frame, whose types are its own", async () => {
    const frame = fromRows([field("size", "int32"), field("color", "string"), field("at", "timestamp"), field("ripe", "bool")], rows);
    await using run = await testRun(config, { rows: frame });
    expect(run.model.signature.inputs.find(({ name }) => name === "size")).toMatchObject({ dtype: "int32" });
  });

  it("fails as a run does", async () => {
    const broken = rows.map((row, index) => (index === 7 ? { ...row, size: null } : row));
    await expect(testRun(config, { rows: broken })).rejects.toMatchObject({ code: "CHECK_FAILED" });
    await expect(testRun({ ...config, models: { ripe: { ...config.models!["ripe"]!, train: "logistik" as never } } }, { rows })).rejects.toMatchObject({ code: "CONFIG_INVALID" });
  });

  it("runs one model, and asks which where there are several", async () => {
    const { ripe } = config.models as { ripe: NonNullable<(typeof config)["models"]>[string] };
    const two = defineConfig({ ...config, models: { ripe, sweet: ripe } });
    await expect(testRun(two, { rows })).rejects.toMatchObject({ code: "TEST_MODEL", mend: 'Give testRun() one of them: { model: "ripe" }.' });
    await expect(testRun(two, { rows, model: "swet" })).rejects.toMatchObject({ code: "TEST_MODEL", mend: 'Did you mean "sweet"?' });
    await using run = await testRun(two, { rows, model: "sweet" });
    expect(run.record.models).toEqual(["sweet"]);
  });
});
