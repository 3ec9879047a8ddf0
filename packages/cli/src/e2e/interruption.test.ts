import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ModelVersion, RunRecord } from "@millrace/core";
import { beforeAll, describe, expect, it } from "vitest";
import { artifactsOf } from "../../fixtures/artifacts-of.js";
import { millrace, millraceOk, millraceWith, type Ended } from "../../fixtures/millrace-process.js";
import { PATIENCE } from "../../fixtures/patience.js";
import { linkPackages, projectFolders } from "../../fixtures/project-folders.js";
import { jsonLines, orders, shopConfig } from "../../fixtures/shop.js";
import { WALK } from "../../fixtures/walk.js";

const project = projectFolders();
const CONFIG = shopConfig("returned");
const DATA = { "orders.jsonl": jsonLines(orders()) };
const BEFORE_TRAIN = ["read", "split", "check", "fit"].map((name) => `returned/${name}`);

/** Runs until a text has been written, and then sends a signal, once for each text. */
function runUntil(folder: string, signals: readonly (readonly [string, NodeJS.Signals])[], ...argv: readonly string[]): Promise<Ended> {
  let sent = 0;
  const onOutput = ({ out, err }: { readonly out: string; readonly err: string }, child: ChildProcess) => {
    const next = signals[sent];
    if (next === undefined || !(out + err).includes(next[0])) return;
    sent++;
    child.kill(next[1]);
  };
  return millraceWith({ onOutput }, folder, "run", ...argv);
}

const runs = async (folder: string) => (await millraceOk(folder, "runs", "--json")).json<RunRecord>();
const idsWith = ({ tasks }: RunRecord, status: string) => tasks.filter((task) => task.status === status).map(({ task }) => task);

describe("Ctrl-C in the middle of training", () => {
  const patient = () => linkPackages(project({ "millrace.config.json": { ...CONFIG, plugins: ["./patience.ts"] }, ...PATIENCE, ...DATA }));

  it.each(["SIGINT", "SIGTERM"] as const)("%s ends with 130, is in the record, and loses nothing that had finished", async (signal) => {
    const folder = patient();
    const stopped = await runUntil(folder, [["> returned/train", signal]], "--set", "models.returned.train=patience");
    expect(stopped.code).toBe(130);
    expect(stopped.err).toContain("stopping; what has finished is kept");
    expect(stopped.err).not.toMatch(/^\s+at /m);
    const [record] = await runs(folder);
    expect(record!.status).toBe("interrupted");
    expect(record!.endedAt).not.toBeNull();
    expect(idsWith(record!, "succeeded")).toEqual(expect.arrayContaining(BEFORE_TRAIN));
    expect(idsWith(record!, "interrupted")).toContain("returned/train");
    expect(idsWith(record!, "failed")).toEqual([]);
    expect(stopped.out).toMatch(/ran, .*1 stopped/);
    const [next] = (await millraceOk(folder, "run", "--only", "returned/evaluate", "--json")).json<RunRecord>();
    // What the evaluation needs of it: a profile it does not.
    expect(idsWith(next!, "reused")).toEqual(idsWith(record!, "succeeded").filter((id) => id !== "returned/profile"));
    expect(idsWith(next!, "succeeded")).toEqual(expect.arrayContaining(["returned/train", "returned/evaluate"]));
  });

  it("a second one ends at once what does not listen, and the next run goes on", async () => {
    const folder = patient();
    const stopped = await runUntil(folder, [["> returned/train", "SIGINT"], ["stopping; what has finished is kept", "SIGINT"]], "--set", 'models.returned.train={"use":"patience","with":{"deaf":true}}');
    expect(stopped.code).toBe(130);
    const [next] = (await millraceOk(folder, "run", "--only", "returned/train", "--json")).json<RunRecord>();
    expect(idsWith(next!, "reused")).toEqual(BEFORE_TRAIN);
  });
});

describe("a training with checkpoints", () => {
  const walk = () => linkPackages(project({ "millrace.config.json": { ...CONFIG, plugins: ["./walk.ts"] }, ...WALK, ...DATA }));
  const train = (folder: string, env: Readonly<Record<string, string>>, executor: string) =>
    millraceWith({ env }, folder, "run", "--only", "returned/train", "--set", "models.returned.train=walk", "--set", `executor=${executor}`);

  it.each([["in-process", "main"], ['{"use":"threads","with":{"threads":2}}', "thread"]])("that was killed goes on from the newest one in the next run, to the same bytes (%s)", async (executor, where) => {
    const [whole, folder] = [walk(), walk()];
    expect((await train(whole, {}, executor)).code).toBe(0);
    expect((await train(folder, { KILLED_AT: "8" }, executor)).code).toBeNull();
    expect(await train(folder, {}, executor)).toMatchObject({ code: 0, err: "" });
    expect(readFileSync(join(folder, "starts.txt"), "utf8")).toBe(`${where} 0\n${where} 5\n`);
    expect(artifactsOf(folder)).toEqual(artifactsOf(whole));
  });
});

describe("a project", () => {
  let undisturbed: readonly string[];
  const fresh = () => project({ "millrace.config.json": CONFIG, ...DATA });
  beforeAll(async () => {
    const folder = fresh();
    await millraceOk(folder, "run");
    undisturbed = artifactsOf(folder);
  });

  /** One version, promoted, of the same bytes as those of a run that nothing disturbed. */
  async function isAsUndisturbed(folder: string): Promise<void> {
    expect(artifactsOf(folder)).toEqual(undisturbed);
    const versions = (await millraceOk(folder, "models", "--json")).json<ModelVersion & { readonly aliases: readonly string[] }>();
    expect(versions).toMatchObject([{ model: "returned", version: 1, gates: "passed", aliases: ["champion"] }]);
  }

  it("whose runs are killed again and again comes to the same end", async () => {
    const folder = fresh();
    for (const task of ["read", "fit", "train", "certify"]) expect((await runUntil(folder, [[`> returned/${task}`, "SIGKILL"]])).code).toBeNull();
    // Registering is so short that the signal may come behind it.
    expect([null, 0]).toContain((await runUntil(folder, [["> returned/register", "SIGKILL"]])).code);
    const { out } = await millraceOk(folder, "run");
    for (const task of BEFORE_TRAIN) expect(out).toContain(`= ${task} `);
    await isAsUndisturbed(folder);
  });

  it("with two runs at once comes to one end", async () => {
    const folder = fresh();
    const both = await Promise.all([millrace(folder, "run"), millrace(folder, "run")]);
    expect(both.map(({ code, err }) => ({ code, err }))).toEqual([{ code: 0, err: "" }, { code: 0, err: "" }]);
    for (const { out } of both) expect(out).toContain("returned@1 is returned@champion");
    await isAsUndisturbed(folder);
    expect(new Set((await runs(folder)).map(({ status }) => status))).toEqual(new Set(["succeeded"]));
  });
});
