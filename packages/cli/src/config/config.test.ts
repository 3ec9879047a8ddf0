import { defineExtension, definePlugin } from "@millrace/core";
import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { defineConfig, defineModel, defineOverlay } from "./config.js";

// What must not compile is marked, and the type check of the tests fails where it does.

const remote = definePlugin({
  name: "remote",
  version: "1.0.0",
  url: import.meta.url,
  extensions: [
    defineExtension("store", { name: "remote", summary: "", options: z.strictObject({ url: z.string(), pool: z.number().default(4) }), create: () => expect.fail() }),
    defineExtension("trainer", { name: "guess", summary: "", options: z.strictObject({ mode: z.enum(["low", "high"]) }), create: () => expect.fail() }),
  ],
});

const source = { use: "csv", with: { files: "./rows.csv" } } as const;

describe("defineConfig", () => {
  it("takes names of the right kind, with the options of their schema", () => {
    const config = defineConfig({
      schema: 1,
      project: "p",
      models: {
        m: {
          source: { use: "sql", with: { query: { file: "./q.sql" }, files: { rows: "rows.parquet" } } },
          columns: { target: "y", positive: true, rest: "drop" },
          check: [{ use: "not-null", with: { columns: ["y"] } }],
          split: { use: "time", with: { test: "1mo", validation: { from: "2025-01-01", to: "2025-02-01" } } },
          features: [{ use: "date-parts", from: ["day"], with: { parts: ["hour"] } }, { use: "cross", from: ["a", "b"], as: "ab" }],
          train: { use: "logistic", with: { l2: "${env:L2:-1}" } },
          after: [{ use: "target-log" }],
          evaluate: { metrics: ["roc-auc", { use: "f1" }], baselines: ["prior"], gates: [{ metric: "roc-auc", atLeast: 0.5 }] },
          register: { alias: "champion" },
        },
      },
    });
    expect(config.project).toBe("p");
  });

  it("takes those of plugins too", () => {
    defineConfig({ schema: 1, project: "p", plugins: [remote], store: { use: "remote", with: { url: "${env:URL}" } }, models: { m: { source, train: { use: "guess", with: { mode: "low" } } } } });
    // @ts-expect-error an option that is none
    defineConfig({ schema: 1, project: "p", plugins: [remote], store: { use: "remote", with: { url: "u", port: 1 } } });
    // @ts-expect-error an option of another value
    defineConfig({ schema: 1, project: "p", plugins: [remote], models: { m: { source, train: { use: "guess", with: { mode: "middle" } } } } });
    // @ts-expect-error options are missing
    defineConfig({ schema: 1, project: "p", plugins: [remote], store: { use: "remote" } });
    // @ts-expect-error a bare name where an option must be given
    defineConfig({ schema: 1, project: "p", plugins: [remote], store: "remote" });
    // @ts-expect-error the plugin is not there
    defineConfig({ schema: 1, project: "p", store: { use: "remote", with: { url: "u" } } });
  });

  it("leaves open what a plugin that is named by a text brings", () => {
    defineConfig({ schema: 1, project: "p", plugins: ["./mine.ts"], models: { m: { source, train: { use: "mine", with: { any: 1 } } } } });
  });

  it("refuses what the schema refuses", () => {
    // @ts-expect-error no such trainer
    defineConfig({ schema: 1, project: "p", models: { m: { source, train: "logistik" } } });
    // @ts-expect-error a store where a trainer stands
    defineConfig({ schema: 1, project: "p", models: { m: { source, train: "sqlite" } } });
    // @ts-expect-error no such option
    defineConfig({ schema: 1, project: "p", models: { m: { source, train: { use: "logistic", with: { l3: 1 } } } } });
    // @ts-expect-error an option of another type
    defineConfig({ schema: 1, project: "p", models: { m: { source, train: { use: "logistic", with: { l2: "much" } } } } });
    // @ts-expect-error no such key
    defineConfig({ schema: 1, project: "p", modles: {} });
    // @ts-expect-error no such key of columns
    defineConfig({ schema: 1, project: "p", models: { m: { source, columns: { targt: "y" }, train: "logistic" } } });
    // @ts-expect-error a feature without columns
    defineConfig({ schema: 1, project: "p", models: { m: { source, train: "logistic", features: [{ use: "category" }] } } });
    // @ts-expect-error an option of another rule of splitting
    defineConfig({ schema: 1, project: "p", models: { m: { source, train: "logistic", split: { use: "time", with: { stratify: true } } } } });
    // @ts-expect-error no schema
    defineConfig({ project: "p", models: {} });
    // @ts-expect-error another schema
    defineConfig({ schema: 2, project: "p", models: {} });
  });
});

describe("defineModel and defineOverlay", () => {
  it("are parts of a config", () => {
    const model = defineModel({ source, train: "logistic" });
    expectTypeOf(defineConfig({ schema: 1, project: "p", models: { model } }).project).toEqualTypeOf<"p">();
    // @ts-expect-error no source
    defineModel({ train: "logistic" });
    expect(defineOverlay({ models: { m: { train: { use: "logistic", with: { l2: 2 } } } } })).toBeDefined();
    // @ts-expect-error no such key
    defineOverlay({ models: { m: { trian: "logistic" } } });
  });
});
