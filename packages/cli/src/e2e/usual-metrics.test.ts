import { describe, expect, it } from "vitest";
import { testRun } from "../testkit.js";

const rows = Array.from({ length: 400 }, (_, row) => ({ size: row % 40, weight: (row % 40) * 3 + ((row * 17) % 29), color: (row * 7) % 40 > row % 40 ? "red" : (row * 13) % 3 === 0 ? "green" : "blue", ripe: row % 40 > 8 + ((row * 17) % 23) }));

const config = (target: string, more: object = {}, gates: readonly object[] = []) => ({
  schema: 1,
  project: "orchard",
  models: { m: { source: { use: "csv", with: { files: "./none.csv" } }, columns: { target, ...more }, check: [], split: "random", features: [{ use: "standardize", from: ["size"] }], train: typeof rows[0]![target as "size"] === "number" ? "ridge" : "logistic", ...(gates.length === 0 ? {} : { evaluate: { gates } }) } },
});

describe("a model that names no metrics", () => {
  it.each([
    ["ripe", { positive: true }, ["roc-auc", "pr-auc", "log-loss", "brier", "ece"]],
    ["color", {}, ["accuracy", "log-loss", "confusion"]],
    ["weight", {}, ["rmse", "mae", "r2", "residuals"]],
  ] as const)("is measured by those of its problem: %s", async (target, more, names) => {
    await using run = await testRun({ ...config(target, more), models: { m: { ...config(target, more).models.m, columns: { target, ...more, rest: "drop" } } } }, { rows });
    expect(run.evaluation.metrics.map(({ name }) => name)).toEqual(names);
    for (const name of names) expect(run.card).toContain(name === "confusion" ? "### Confusion" : name);
  });

  it("may have gates on them, and on no others", async () => {
    await using run = await testRun(config("weight", { rest: "drop" }, [{ metric: "r2", atLeast: 0.1, bound: "point" }]), { rows });
    expect(run.version.gates).toBe("passed");
    await expect(testRun(config("weight", { rest: "drop" }, [{ metric: "roc-auc", atLeast: 0.1 }]), { rows })).rejects.toMatchObject({ code: "CONFIG_INVALID", facts: { issues: [{ path: "models.m.evaluate.gates[0].metric", allowed: ["rmse", "mae", "r2", "residuals"] }] } });
  });
});
