import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { typesModel } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { millrace, millraceWith } from "../../fixtures/millrace-process.js";
import { projectFolders } from "../../fixtures/project-folders.js";
import { servingProject } from "../../fixtures/serving-project.js";

const project = projectFolders();
const served = (server: object = {}) => servingProject(project({}), server as never, { model: "types", bundle: typesModel(), pii: ["city"] });

describe("millrace capacity", () => {
  it("measures a server of its own, and leaves nothing behind", async () => {
    const folder = await served();
    const { code, err, json } = await millrace(folder, "capacity", "types", "--seconds", "1", "--rate", "10", "--p99", "60s", "--json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [report] = json<{ readonly levels: readonly { readonly connections: number; readonly failed: number; readonly perSecond: number }[] }>();
    expect(report).toMatchObject({ model: "types", version: 1, rows: 1, knee: expect.any(Number), perSecond: expect.any(Number), memoryBytes: expect.any(Number), need: { rate: 10, p99: 60_000, processes: 1 }, machine: { cores: expect.any(Number) } });
    expect(report!.levels.slice(0, 3).map(({ connections, failed }) => [connections, failed])).toEqual([[1, 0], [2, 0], [4, 0]]);
    expect(existsSync(join(folder, ".millrace/serve"))).toBe(false);
    expect(readdirSync(join(folder, ".millrace/tmp"))).toEqual([]);
  });

  it("says why no request was answered, and fails", async () => {
    const folder = await served({ limits: { rate: 0.001, burst: 1 } });
    const { code, out } = await millrace(folder, "capacity", "types@champion", "--seconds", "1", "--rate", "10");
    expect(code).toBe(1);
    expect(out).toMatch(/The first request that failed: 429: /);
  });

  it("ends with 130 and ends the server where it is stopped", async () => {
    const folder = await served();
    let sent = false;
    const stop = setInterval(() => (sent ||= existsSync(join(folder, ".millrace/tmp")) && readdirSync(join(folder, ".millrace/tmp")).length > 0 && child!.kill("SIGINT")), 20);
    let child: { kill(signal: NodeJS.Signals): boolean } | null = null;
    const { code, err } = await millraceWith({ onSpawn: (spawned) => (child = spawned) }, folder, "capacity", "types", "--seconds", "100");
    clearInterval(stop);
    expect({ code, err }).toEqual({ code: 130, err: expect.stringContaining("error RUN_INTERRUPTED: The measurement was interrupted.") as string });
    expect(readdirSync(join(folder, ".millrace/tmp"))).toEqual([]);
  });

  it.each([["--p99", "soon"], ["--p99", "0ms"], ["--rate", "0"], ["--seconds", "half"]])("takes no %s %s", async (option, value) => {
    expect((await millrace(project({}), "capacity", "types", option, value)).code).toBe(2);
  });
});
