import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Json, ModelVersion, RunRecord } from "@millrace/core";
import { beforeAll, describe, expect, it } from "vitest";
import { millrace as millraceHere } from "../../fixtures/captured.js";
import { millrace, millraceOk, millraceWith } from "../../fixtures/millrace-process.js";
import { projectFolders } from "../../fixtures/project-folders.js";
import { jsonLines, orders, shopConfig, SHOP_MODELS } from "../../fixtures/shop.js";
import { loadModel } from "../load-model.js";

const project = projectFolders();
const ORDERS = orders();
const CONFIG = shopConfig("returned");
const GATED = { ...CONFIG, models: { returned: { ...(SHOP_MODELS["returned"] as object), evaluate: { metrics: ["roc-auc"], gates: [{ metric: "roc-auc", atLeast: 0.5, bound: "point" }] } } } };
let folder = "";

// Versions 1 (champion), 2 (its gate failed) and 3 (champion next); each test leaves the project as it found it, or says so.
beforeAll(async () => {
  folder = project({ "millrace.config.json": GATED, "orders.jsonl": jsonLines(ORDERS) });
  await millraceOk(folder, "run");
  const failed = await millrace(folder, "run", "--set", "models.returned.evaluate.gates.0.atLeast=0.99");
  expect(failed.code).toBe(4);
  expect(failed.out).toContain("returned@2 is kept, and no alias moved: a gate failed.");
  await millraceOk(folder, "run", "--set", "models.returned.evaluate.gates.0.atLeast=0.51");
});

describe("millrace run --help", () => {
  it("has examples in a process too, where there is no project", async () => {
    const { out, err } = await millraceOk(project({}), "run", "--help");
    expect(err).toBe("");
    expect(out).toMatch(/EXAMPLES[\s\S]*millrace run/);
  });
});

describe("a reader that has seen enough", () => {
  it("does not stop a run", async () => {
    const here = project({ "millrace.config.json": CONFIG, "orders.jsonl": jsonLines(ORDERS) });
    let isRead = false;
    const onOutput = (_: object, child: ChildProcess): void => {
      if (!isRead) child.stdout!.destroy();
      isRead = true;
    };
    expect((await millraceWith({ onOutput }, here, "run")).code).toBe(0);
    expect((await millraceOk(here, "models")).out).toContain("returned");
  });
});

describe("JSON for scripts", () => {
  it.each([
    ["plan"], ["why", "returned/train"], ["runs"], ["runs", "list"], ["runs", "show", "last"], ["runs", "compare", "last"], ["models"], ["models", "list"],
    ["models", "show", "returned@champion"], ["models", "history", "returned@champion"], ["config"], ["plugins"], ["plugins", "logistic"],
    ["predict", "returned@champion", "--in", "orders.jsonl"], ["predict", "returned", "--in", "orders.jsonl", "--out", "json.parquet"], ["run"],
  ].map((argv) => [argv.join(" "), argv] as const))("of millrace %s", async (_, argv) => {
    // In this process, for speed; all other tests here start processes, and parse their JSON.
    const { code, out, err } = await millraceHere(folder, ...argv, "--json");
    expect(code).toBe(0);
    // What is told of the rows that are printed stands on the error stream, as JSON too.
    for (const line of `${err}${out}`.trim().split("\n")) expect(JSON.parse(line)).toBeTypeOf("object");
    expect(out.endsWith("\n")).toBe(true);
  });
});

describe("models", () => {
  const champion = async () => (await millraceOk(folder, "models", "show", "returned@champion", "--json")).json<{ readonly version: ModelVersion }>()[0]!.version.version;

  it("lists versions and keeps the one whose gate failed away from the alias", async () => {
    const versions = (await millraceOk(folder, "models", "list", "--json")).json<ModelVersion & { readonly aliases: readonly string[] }>();
    expect(versions.map(({ version, gates, aliases }) => [version, gates, aliases]).sort()).toEqual([[1, "passed", []], [2, "failed", []], [3, "passed", ["champion"]]]);
    expect((await millrace(folder, "models", "alias", "returned@2", "champion")).code).toBe(4);
    expect(await champion()).toBe(3);
  });

  it("shows one, with its files", async () => {
    const { out } = await millraceOk(folder, "models", "show", "returned@3");
    expect(out).toContain("returned@3");
    expect(out).toMatch(/inputs +.*city string/);
    expect(out).toMatch(/roc-auc/);
    expect(readFileSync(join(folder, ".millrace/models/returned/3/card.md"), "utf8")).toContain("# Model card: returned");
  });

  it("moves an alias, remembers each move, and takes it back", async () => {
    expect((await millraceOk(folder, "models", "rollback", "returned@champion")).out).toContain("3 -> 1");
    expect(await champion()).toBe(1);
    expect((await millrace(folder, "models", "rollback", "returned@champion")).err).toMatch(/^error ALIAS_NO_PREVIOUS: /);
    await millraceOk(folder, "models", "alias", "returned@3", "champion", "--reason", "better after all");
    expect(await champion()).toBe(3);
    const history = (await millraceOk(folder, "models", "history", "returned@champion", "--json")).json();
    expect(history.map(({ sequence, from, to }) => [sequence, from, to]).sort()).toEqual([[1, null, 1], [2, 1, 3], [3, 3, 1], [4, 1, 3]]);
    expect(history.some(({ reason }) => reason === "better after all")).toBe(true);
  });
});

describe("runs", () => {
  it("are listed, shown and compared", async () => {
    const all = (await millraceOk(folder, "runs", "--json")).json<RunRecord & { readonly run: string }>();
    const first = all.reduce((oldest, one) => (one.startedAt < oldest.startedAt ? one : oldest));
    expect(all.length).toBeGreaterThanOrEqual(3);
    const { out } = await millraceOk(folder, "runs", "show", first.run);
    expect(out).toMatch(/returned\/certify +succeeded +\S+ m?s +\S+ MiB/);
    const compared = await millraceOk(folder, "runs", "compare", first.run, "last");
    expect(compared.out).toMatch(/returned\/train .*same key/);
  });
});

describe("config and plugins", () => {
  it("tell each value's origin, and what there is to use", async () => {
    const { out } = await millraceOk(folder, "config", "--set", "models.returned.train.with.l2=3");
    expect(out).toMatch(/models\.returned\.train\.with\.l2 +3 +set/);
    expect(out).toMatch(/models\.returned\.columns\.target +"returned" +millrace\.config\.json:\d+/);
    expect((await millraceOk(folder, "plugins", "trainer")).out).toMatch(/trainer +ridge/);
  });
});

describe("predict", () => {
  type Rows = readonly Readonly<Record<string, Json>>[];
  const answers = (rows: Rows) => rows.map(({ id, score, label }) => ({ id, score, label }));
  const predicted = async (file: string) => (await millraceOk(folder, "predict", "returned@3", "--in", file)).json() as Rows;

  let rows: Rows;
  beforeAll(async () => {
    rows = await predicted("orders.jsonl");
  });

  it("answers as loadModel does", async () => {
    await using model = await loadModel("returned@3", { project: folder });
    const expected = await model.predict(ORDERS as unknown as Rows);
    expect(rows.map(({ score, label, probabilities }) => ({ probabilities, label, score }))).toEqual(expected.map(({ score, label, probabilities }) => ({ probabilities, label, score })));
    // Beside the raw columns as they were; an empty text is a missing one.
    const raw = rows.map(({ score: _, label: __, probabilities: ___, ...columns }) => columns);
    expect(raw).toEqual(ORDERS.map((order) => ({ ...order, city: order.city === "" ? null : order.city })));
  });

  it.each(["csv.gz", "parquet", "json"])("goes through a file of %s and back", async (format) => {
    const file = `through.${format}`;
    const [told] = (await millraceOk(folder, "predict", "returned@3", "--in", "orders.jsonl", "--out", file, "--json")).json();
    expect(told).toMatchObject({ model: "returned", version: 3, rows: ORDERS.length });
    // What was written holds the raw columns too: predicting for it gives the same answers.
    const again = (await millraceOk(folder, "predict", "returned@3", "--in", file, "--prefix", "again_")).json() as Rows;
    expect(again.map(({ id, again_score: score, again_label: label }) => ({ id, score, label }))).toEqual(answers(rows));
  });

  it("does not write over columns of the file", async () => {
    writeFileSync(join(folder, "taken.jsonl"), jsonLines(ORDERS.map((order) => ({ ...order, label: "mine" }))));
    const { code, err } = await millrace(folder, "predict", "returned@3", "--in", "taken.jsonl", "--out", "over.csv");
    expect(code).toBe(2);
    expect(err).toMatch(/USAGE_COLUMNS.*"label"[^]*--prefix predicted_/);
    expect(existsSync(join(folder, "over.csv"))).toBe(false);
  });

  it("does not write over its input, by whatever name", async () => {
    writeFileSync(join(folder, "same.jsonl"), jsonLines(ORDERS));
    symlinkSync("same.jsonl", join(folder, "link.jsonl"));
    for (const out of ["same.jsonl", "./same.jsonl", "link.jsonl"]) expect((await millrace(folder, "predict", "returned@3", "--in", "same.jsonl", "--out", out)).code).toBe(2);
    expect(readFileSync(join(folder, "same.jsonl"), "utf8")).toBe(jsonLines(ORDERS));
  });

  it("makes a header of a header", async () => {
    const names = Object.keys(ORDERS[0]!);
    writeFileSync(join(folder, "header.csv"), `${names.join()}\n`);
    writeFileSync(join(folder, "none.csv"), "old\n1\n");
    expect((await millraceOk(folder, "predict", "returned@3", "--in", "header.csv", "--out", "none.csv", "--json")).json()).toMatchObject([{ rows: 0 }]);
    expect(readFileSync(join(folder, "none.csv"), "utf8").split("\n")).toEqual([expect.stringMatching(new RegExp(`^${names.join()},.*score`)), ""]);
    expect((await millraceOk(folder, "predict", "returned@3", "--in", "header.csv")).out).toBe("");
  });

  it("writes nothing where it fails", async () => {
    const { code } = await millrace(folder, "predict", "returned@3", "--in", "orders.jsonl", "--out", "no/such/format.xls");
    expect(code).toBe(2);
    expect(() => readFileSync(join(folder, "no/such/format.xls"))).toThrow("ENOENT");
  });
});
