import { describe, expect, it } from "vitest";
import { FLIGHTS } from "../../fixtures/flights.js";
import { memoryGroup } from "../../fixtures/memory-group.js";
import { millrace, millraceWith } from "../../fixtures/millrace-process.js";
import { linkPackages, projectFolders } from "../../fixtures/project-folders.js";
import { jsonLines, orders, shopConfig } from "../../fixtures/shop.js";

const GIB = 2 ** 30;
const project = projectFolders();
const inThreads = (threads: number) => ["--set", `executor=${JSON.stringify({ use: "threads", with: { threads } })}`];

describe("a control group", () => {
  it("of 2 GiB bears three million flights in four threads, and its limit is the budget", async (context) => {
    using group = memoryGroup(context, 2 * GIB);
    const folder = linkPackages(project(FLIGHTS));
    const { out } = await millraceWith({ onSpawn: group.add }, folder, "config", "--json");
    expect(JSON.parse(out)).toMatchObject({ limits: { memoryBytes: 2 * GIB } });
    const ended = await millraceWith({ onSpawn: group.add }, folder, "run", ...inThreads(4), "--only", "delays/train");
    expect({ code: ended.code, err: ended.err, kills: group.kills() }).toEqual({ code: 0, err: "", kills: 0 });
  });

  it("that is too small ends a run with an error, not with a kill", async (context) => {
    using group = memoryGroup(context, GIB / 2);
    const { code, err } = await millraceWith({ onSpawn: group.add }, linkPackages(project(FLIGHTS)), "run", ...inThreads(1), "--only", "delays/train");
    expect({ code, kills: group.kills() }).toEqual({ code: 1, kills: 0 });
    expect(err).toMatch(/error (LIMIT_MEMORY|SOURCE_MEMORY): /);
  });
});

describe("a thread's heap that texts fill", () => {
  it("ends the run with an error, and the process by itself", async () => {
    const texts = Array.from({ length: 12 }, (_, column) => `'${column} ' || (i * ${column + 1} + 7) || ' ' || hash(i + ${column}) AS s${column}`).join(", ");
    const source = { use: "sql", with: { query: `SELECT i, ${texts}, i % 3 = 0 AS y FROM range(200000) AS t(i)` } };
    const folder = project({ "millrace.config.json": { schema: 1, project: "texts", limits: { memory: "768MiB" }, models: { m: { source, columns: { target: "y", rest: "use" }, split: "random", train: "logistic" } } } });
    const { code, err } = await millrace(folder, "run", "--only", "m/read", ...inThreads(2));
    expect(code).toBe(1);
    expect(err).toMatch(/error LIMIT_MEMORY: Reading the source fills the heap of its thread: \d+ MiB of 128 MiB are in use/);
  }, 60_000);
});

describe("a budget that the process itself fills", () => {
  it("stops a run with an error that says so", async () => {
    const folder = project({ "millrace.config.json": { ...shopConfig("returned"), limits: { memory: "64MiB" } }, "orders.jsonl": jsonLines(orders()) });
    const { code, err } = await millrace(folder, "run");
    expect(code).toBe(1);
    expect(err).toMatch(/error LIMIT_MEMORY: The run takes \d+ MiB, and may use 64 MiB: it was stopped\. What had finished is kept\./);
  });
});
