import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { field } from "@millrace/core";
import type { ModelShape } from "@millrace/core/engine";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compileProject } from "../../fixtures/compile-project.js";
import { typesText } from "./types-text.js";

const classes = ["in time", "late"] as const;

const DELAYS: ModelShape = {
  model: "delays",
  columns: [field("date", "timestamp"), field("air port", "string"), field("distance", "float64"), field("late", "bool")],
  features: ["date_hour", "route"],
  inputs: [field("date", "timestamp"), field("air port", "string"), field("distance", "float64", { nullable: false })],
  problem: "binary",
  registered: {
    name: "delays",
    inputs: [field("date", "timestamp"), field("air port", "string"), field("distance", "float64", { nullable: false })],
    outputs: [field("label", "string"), field("score", "float32"), field("probabilities", "float32", { shape: [2] })],
    problem: { kind: "binary", classes, positive: "late" },
    seen: {},
  },
};
/** Not registered yet. */
const PRICES: ModelShape = { model: "prices", columns: [field("size", "float64"), field("price", "float64")], features: [], inputs: [field("size", "float64")], problem: "regression", registered: null };

const HEAD = `import { defineConfig, defineModel, loadModel } from "millrace";
const source = { use: "csv", with: { files: "flights.csv" } } as const;
`;

/** What is right. */
const RIGHT = [
  'defineConfig({ schema: 1, project: "flights", models: { delays: { source, columns: { target: "late", time: "date", ignore: ["air port"], pii: [], positive: true }, features: [{ use: "date-parts", from: ["date"] }, { use: "category", from: ["date_hour", "air port"] }, { use: "select", from: ["route"] }], train: "logistic", evaluate: { metrics: ["roc-auc"], slices: ["air port"] } } } });',
  'defineConfig({ schema: 1, project: "flights", models: { another: { source, columns: { target: "anything" }, train: "ridge" } } });',
  'defineConfig({ schema: 1, project: "elsewhere", models: { delays: { source, columns: { target: "anything" }, features: [{ use: "category", from: ["whatever"] }], train: "ridge" } } });',
  'defineModel("flights/delays", { source, columns: { target: "late" }, train: "logistic" });',
  'defineModel({ source, columns: { target: "anything" }, train: "logistic" });',
  'async function a() { await using model = await loadModel("delays@champion"); const [answer] = await model.predict([{ date: "2001-01-01", "air port": null, distance: 7 }]); const label: "in time" | "late" | null = answer!.label; const score: number | null = answer!.score; const [first] = answer!.probabilities!; return [label, score, first, model.version.version, model.signature]; }',
  'async function b() { const model = await loadModel("prices@1"); const [answer] = await model.predict([{ size: 7 }]); return answer!.prediction satisfies number | null; }',
  'async function c(ref: string) { const model = await loadModel(ref); return model.predict([{ anything: 1 }]); }',
  'async function d() { const model = await loadModel("unknown@champion"); return model.predict([{ anything: 1 }]); }',
];

/** What is wrong, and what the compiler must say. */
const WRONG: Readonly<Record<string, readonly [code: string, says: readonly string[]]>> = {
  "a target that is no column": ['defineConfig({ schema: 1, project: "flights", models: { delays: { source, columns: { target: "lat" }, train: "logistic" } } });', [`Type '"lat"' is not assignable`, "late"]],
  "a time that is no column": ['defineConfig({ schema: 1, project: "flights", models: { delays: { source, columns: { target: "late", time: "dat" }, train: "logistic" } } });', [`Type '"dat"' is not assignable`]],
  "an ignored column that is not there": ['defineConfig({ schema: 1, project: "flights", models: { delays: { source, columns: { target: "late", ignore: ["airport"] }, train: "logistic" } } });', [`Type '"airport"' is not assignable`]],
  "a type of a column that is not there": ['defineConfig({ schema: 1, project: "flights", models: { delays: { source, columns: { target: "late", types: { distnace: "float64" } }, train: "logistic" } } });', ["distnace"]],
  "a feature of a column that is not there": ['defineConfig({ schema: 1, project: "flights", models: { delays: { source, columns: { target: "late" }, features: [{ use: "standardize", from: ["distanse"] }], train: "logistic" } } });', [`Type '"distanse"' is not assignable`]],
  "a slice that is no column": ['defineConfig({ schema: 1, project: "flights", models: { delays: { source, columns: { target: "late" }, train: "logistic", evaluate: { slices: ["origin"] } } } });', [`Type '"origin"' is not assignable`]],
  "a column of another model": ['defineConfig({ schema: 1, project: "flights", models: { prices: { source, columns: { target: "late" }, train: "ridge" } } });', [`Type '"late"' is not assignable`]],
  "a wrong column in a module of its own": ['defineModel("flights/delays", { source, columns: { target: "lat" }, train: "logistic" });', ['"lat"']],
  "an input that is missing": ['async function e() { const model = await loadModel("delays@champion"); return model.predict([{ date: 0, distance: 1 }]); }', ["air port"]],
  "an input of another type": ['async function f() { const model = await loadModel("delays@champion"); return model.predict([{ date: 0, "air port": "ORD", distance: "far" }]); }', ["Type 'string' is not assignable to type 'number'"]],
  "an input that may not be missing": ['async function g() { const model = await loadModel("delays"); return model.predict([{ date: 0, "air port": "ORD", distance: null }]); }', ["Type 'null' is not assignable to type 'number'"]],
  "an output that is not there": ['async function h() { const model = await loadModel("delays@champion"); const [answer] = await model.predict([]); return answer!.prediction; }', ["Property 'prediction' does not exist"]],
  "a label that is none": ['async function i() { const model = await loadModel("delays@champion"); const [answer] = await model.predict([]); return answer!.label === "punctual"; }', ["no overlap"]],
  "an option that is none, as before": ['defineConfig({ schema: 1, project: "flights", models: { delays: { source, columns: { target: "late" }, train: { use: "logistic", with: { l3: 1 } } } } });', ["'l3' does not exist"]],
};

// Below this package, so that its dependencies are found.
const folder = fileURLToPath(new URL("../../.tmp/project-types/", import.meta.url));
const said = new Map<number, string>();
const codes = [...RIGHT, ...Object.values(WRONG).map(([code]) => code)];
const FIRST = HEAD.split("\n").length;

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "millrace.types.d.ts"), typesText("flights", [DELAYS, PRICES]));
  writeFileSync(join(folder, "uses.ts"), HEAD + codes.map((code) => `${code}\n`).join(""));
  const compilerOptions = { noEmit: true, composite: false, declaration: false, declarationMap: false, noUnusedLocals: false, noUnusedParameters: false, pretty: false, noErrorTruncation: true, paths: { millrace: ["../../dist/index.d.ts"] } };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ extends: "../../../../tsconfig.base.json", compilerOptions, include: ["*.ts"] }));
  for (const message of compileProject(folder).split(/^(?=uses\.ts\(|\S+\.ts\()/m)) {
    const line = Number(/^uses\.ts\((\d+),/.exec(message)?.[1] ?? 0);
    said.set(line, (said.get(line) ?? "") + message);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a project whose types were written", () => {
  it.each(RIGHT.map((code, index) => [code, index] as const))("compiles: %s", (_, index) => {
    expect(said.get(FIRST + index) ?? "").toBe("");
  });

  it.each(Object.keys(WRONG).map((name, index) => [name, index] as const))("does not compile: %s", (name, index) => {
    const text = said.get(FIRST + RIGHT.length + index) ?? "nothing";
    for (const part of WRONG[name]![1]) expect(text).toContain(part);
  });

  it("has nothing wrong in the types themselves", () => {
    expect([...said].filter(([line, text]) => line < FIRST && text.trim() !== "")).toEqual([]);
  });
});
