import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PlannedTask, RunRecord } from "@millrace/core";
import { beforeAll, describe, expect, it } from "vitest";
import { describeModelFile } from "../../fixtures/describe-model-file.js";
import { FLIGHTS } from "../../fixtures/flights.js";
import { millrace, millraceOk } from "../../fixtures/millrace-process.js";
import { expectChecked } from "../../fixtures/onnx-checker.js";
import { linkPackages, projectFolders } from "../../fixtures/project-folders.js";

// The main example on 30,000 of its rows, each command a process of its own; each test goes on from what those before it left.
const project = projectFolders();
const SAMPLE = ["--sample", "30000"];
const TASKS = ["read", "split", "profile", "check", "fit", "train", "baseline-prior", "evaluate", "certify", "register"].map((name) => `delays/${name}`);
const AFTER_TRAIN = ["train", "evaluate", "certify", "register"].map((name) => `delays/${name}`);
const L2 = ["--set", "models.delays.train.with.l2=3"];
let folder = "";
let first = "";

async function verdicts(...more: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const [plan] = (await millraceOk(folder, "plan", ...SAMPLE, ...more, "--json")).json<{ readonly tasks: readonly PlannedTask[] }>();
  return Object.fromEntries(plan!.tasks.map(({ id, verdict }) => [id, verdict]));
}

async function run(...more: readonly string[]): Promise<RunRecord & { readonly run: string }> {
  return (await millraceOk(folder, "run", ...SAMPLE, ...more, "--json")).json<RunRecord & { readonly run: string }>()[0]!;
}

const idsWith = ({ tasks }: RunRecord, status: string) => tasks.filter((task) => task.status === status).map(({ task }) => task);

beforeAll(async () => {
  folder = linkPackages(project(FLIGHTS));
  expect(await verdicts()).toEqual(Object.fromEntries(TASKS.map((task, at) => [task, at === 0 ? "run" : "run-unless-same"])));
  first = (await millraceOk(folder, "run", ...SAMPLE)).out;
}, 300_000);

describe("flights", () => {
  it("end registered, each task with its seconds, memory and rows", () => {
    for (const task of TASKS) expect(first).toMatch(new RegExp(`✓ ${task} +\\S+ m?s +\\S+ MiB`));
    expect(first).toContain("30,000 of 3,000,000 rows");
    expect(first).toMatch(/succeeded in \S+ s: 10 ran, 0 reused; at most \S+ MiB/);
    expect(first).toMatch(/\ndelays@1\n {2}card \.millrace\/models\/delays\/1\/card\.md\n {2}gate passed: roc-auc on test: .*, at least 0\.6\n\nmetric, ± 95 % .*\nrows .*\nroc-auc .*\nlog-loss .*\n/);
    expect(first).toContain("\nA sample of 30,000 rows moves no alias.\n");
    const card = readFileSync(join(folder, ".millrace/models/delays/1/card.md"), "utf8");
    for (const part of ["Intended use", "Data", "Split", "Metrics", "Baselines", "Slices", "Importance", "Limits", "Certificate", "Lineage"]) expect(card).toContain(`\n## ${part}`);
  });

  it("are reused as a whole the second time, as the plan says", async () => {
    expect(new Set(Object.values(await verdicts()))).toEqual(new Set(["reuse"]));
    const { out } = await millraceOk(folder, "run", ...SAMPLE);
    for (const task of TASKS) expect(out).toContain(`= ${task} `);
    expect(out).toContain("0 ran, 10 reused");
    expect(out).not.toMatch(/^[>✓]/m);
  });

  it("say that another model option changes training and what follows, and change nothing else", async () => {
    const said = await verdicts(...L2);
    expect(said).toEqual(Object.fromEntries(TASKS.map((task) => [task, task === "delays/train" ? "run" : AFTER_TRAIN.includes(task) ? "run-unless-same" : "reuse"])));
    const why = await millraceOk(folder, "why", "delays/train", ...L2, "--json");
    expect(why.json()[0]).toMatchObject({ differences: [{ entry: "train.with.l2", before: 1, after: 3 }] });
    const record = await run(...L2);
    expect(idsWith(record, "succeeded")).toEqual(AFTER_TRAIN);
    expect(idsWith(record, "reused")).toEqual(TASKS.filter((task) => !AFTER_TRAIN.includes(task)));
  });

  it("end with 4 where the gate fails: the version is kept", async () => {
    const failed = await millrace(folder, "run", ...SAMPLE, "--set", "models.delays.evaluate.gates.0.atLeast=0.99");
    expect(failed.code).toBe(4);
    expect(failed.out).toContain("delays@3 is kept, and no alias moved: a gate failed.");
    expect(failed.out).toMatch(/roc-auc on test: \S+, but must be at least 0\.99/);
  });

  it("make a file that passes the checker of onnx, with shape inference", (context) => {
    expectChecked(context, join(folder, ".millrace/models/delays/1/model.onnx"));
  });
});

describeModelFile("delays", () => folder);
