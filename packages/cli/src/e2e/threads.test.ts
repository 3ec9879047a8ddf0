import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Json, RunRecord } from "@millrace/core";
import { describe, expect, it } from "vitest";
import { artifactsOf } from "../../fixtures/artifacts-of.js";
import { FLIGHTS } from "../../fixtures/flights.js";
import { millrace, millraceWith } from "../../fixtures/millrace-process.js";
import { linkPackages, projectFolders } from "../../fixtures/project-folders.js";
import { jsonLines, orders, shopConfig } from "../../fixtures/shop.js";
import { THREAD_PLUGINS } from "../../fixtures/thread-plugins.js";

const project = projectFolders();
const inThreads = (threads: number) => ["--set", `executor=${JSON.stringify({ use: "threads", with: { threads } })}`];

async function run(folder: string, ...argv: readonly string[]): Promise<RunRecord> {
  const ended = await millraceWith({}, folder, "run", ...argv, "--json");
  expect({ code: ended.code, err: ended.err }).toEqual({ code: 0, err: "" });
  return ended.json<RunRecord>()[0]!;
}

const keysOf = ({ tasks }: RunRecord) => Object.fromEntries(tasks.map(({ task, key }) => [task, key]));

/** The shop, its orders in several files: each is a partition, and so a part of the data. */
function shop(more: Readonly<Record<string, Json>>, ...models: readonly ("returned" | "spend")[]): string {
  const all = orders(600);
  const files = Object.fromEntries(Array.from({ length: 6 }, (_, part) => [`orders-${part}.jsonl`, jsonLines(all.slice(part * 100, (part + 1) * 100))]));
  const config = JSON.parse(JSON.stringify(shopConfig(...models)).replaceAll('"orders.jsonl"', '"orders-*.jsonl"')) as Record<string, Json>;
  return linkPackages(project({ "millrace.config.json": { ...config, ...more }, ...files, ...THREAD_PLUGINS }));
}

/** Runs the project anew in this process and in threads. */
async function runEverywhere(folder: string, counts: readonly number[], ...argv: readonly string[]): Promise<void> {
  const here = await run(folder, ...argv);
  const artifacts = artifactsOf(folder);
  for (const count of counts) {
    rmSync(join(folder, ".millrace"), { recursive: true });
    expect(keysOf(await run(folder, ...inThreads(count), ...argv))).toEqual(keysOf(here));
    expect(artifactsOf(folder)).toEqual(artifacts);
  }
}

describe("the same digests come out in this process and in threads", () => {
  it("with 1, 2 and 4 threads, of every transform, cross-fitted ones and those of the target", async () => {
    await runEverywhere(shop({}, "returned", "spend"), [1, 2, 4], "--only", "returned/evaluate", "--only", "spend/evaluate");
  });

  it("of 100,000 flights", async () => {
    await runEverywhere(linkPackages(project(FLIGHTS)), [2], "--sample", "100000", "--only", "delays/train");
  });

  it("with 1, 2 and 4 threads, of the features and the profile of all 3,000,000 flights", { timeout: 300_000 }, async () => {
    await runEverywhere(linkPackages(project(FLIGHTS)), [1, 2, 4], "--only", "delays/fit", "--only", "delays/profile");
  });
});

describe("hooks", () => {
  const trace = async (...argv: readonly string[]) => {
    const folder = shop({ plugins: ["./trace.ts"] }, "returned");
    await run(folder, ...argv);
    return readFileSync(join(folder, "trace.txt"), "utf8").trim().split("\n");
  };

  it("are called where the run is, and nowhere else", async () => {
    const here = await trace();
    expect(here).toContain("aliasMoved");
    // Two tasks at once end in either order.
    expect((await trace(...inThreads(2))).toSorted()).toEqual(here.toSorted());
  });
});

describe("a thread that ends in the middle of a task", () => {
  it.each(["exit", "throw"])("is replaced, the task runs again once, and the run ends right (%s)", async (how) => {
    const folder = shop({ plugins: ["./fragile.ts"] }, "returned");
    const ended = await millraceWith({ env: { FRAGILE: how } }, folder, "run", ...inThreads(2), "--only", "returned/fragile", "--only", "returned/split", "--json");
    expect(ended.code).toBe(0);
    const [record] = ended.json<RunRecord>();
    expect(record!.status).toBe("succeeded");
    expect(record!.tasks.find(({ step }) => step === "fragile")).toMatchObject({ status: "succeeded", attempts: 2, summary: { whole: true } });
    expect(record!.tasks.filter(({ attempts }) => attempts > 1)).toHaveLength(1);
    expect(readFileSync(join(folder, "tries.txt"), "utf8")).toBe("thread\nthread\n");
  });
});

it("a task whose thread always ends is tried twice, and the run says why", async () => {
  const folder = shop({ plugins: ["./fragile.ts"] }, "returned");
  const { code, out, err } = await millraceWith({ env: { FRAGILE: "always" } }, folder, "run", ...inThreads(1), "--only", "returned/fragile");
  expect(code).toBe(1);
  const lost = 'EXECUTOR_LOST: The thread of the task "returned/fragile" ended in the middle of it (exit code 9).';
  expect(out.split("\n").filter((line) => line.includes("warn: "))).toEqual([`  warn: returned/fragile: try 1 of 2 failed, and it is tried again: ${lost}`]);
  expect(err).toContain(`error ${lost}`);
  expect(err).not.toContain("tried again");
  expect(readFileSync(join(folder, "tries.txt"), "utf8")).toBe("thread\nthread\n");
});

describe("threads", () => {
  it("refuse tasks of a plugin whose code changed after the plan was made", async () => {
    const { code, err } = await millrace(shop({ plugins: ["./moving.ts"] }, "returned"), "run", ...inThreads(1), "--only", "returned/moving");
    expect(code).toBe(1);
    expect(err).toContain('error WORKER_MISMATCH: The task "returned/moving" was planned with other code than the worker has: moving.');
  });

  it("are told of before they start where the memory does not bear them", async () => {
    const folder = shop({ limits: { memory: "1GiB" } }, "returned");
    const { code, err } = await millrace(folder, "run", ...inThreads(8));
    expect(code).toBe(1);
    expect(err).toContain("LIMIT_MEMORY: 8 threads take 2304 MiB before they read a row; the budget is 1024 MiB.");
    expect(existsSync(join(folder, ".millrace/artifacts"))).toBe(false);
  });
});
