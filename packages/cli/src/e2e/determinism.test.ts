import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunRecord } from "@millrace/core";
import { describe, expect, it } from "vitest";
import { artifactsOf } from "../../fixtures/artifacts-of.js";
import { FLIGHTS } from "../../fixtures/flights.js";
import { millraceWith, type ProcessOptions } from "../../fixtures/millrace-process.js";
import { linkPackages, projectFolders } from "../../fixtures/project-folders.js";
import { jsonLines, orders, shopConfig } from "../../fixtures/shop.js";

const project = projectFolders();
const CLOCK = fileURLToPath(new URL("../../fixtures/moved-clock.mjs", import.meta.url));

/** Another time, zone, language, host and user. */
const ELSEWHERE: ProcessOptions = {
  node: ["--import", CLOCK],
  env: { TZ: "Pacific/Auckland", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", HOSTNAME: "elsewhere", USER: "somebody", LOGNAME: "somebody", HOME: "/nonexistent" },
};

async function run(options: ProcessOptions, folder: string, ...argv: readonly string[]): Promise<RunRecord> {
  const ended = await millraceWith(options, folder, "run", ...argv, "--json");
  expect({ code: ended.code, err: ended.err }).toEqual({ code: 0, err: "" });
  return ended.json<RunRecord>()[0]!;
}

const keysOf = ({ tasks }: RunRecord) => Object.fromEntries(tasks.map(({ task, key }) => [task, key]));

describe("two processes with other clocks, folders, zones, languages, hosts and users", () => {
  it("make the same keys, the same artifacts and the same files", async () => {
    const files = { "millrace.config.json": shopConfig("returned"), "orders.jsonl": jsonLines(orders()) };
    const nested = Object.fromEntries(Object.entries(files).map(([name, content]) => [`deep/er/${name}`, content]));
    const [here, there] = [project(files), join(project(nested), "deep/er")];
    const [one, other] = await Promise.all([run({}, here), run(ELSEWHERE, there)]);
    expect(Date.parse(other.startedAt) - Date.parse(one.startedAt)).toBeGreaterThan(4 * 365 * 86_400_000);
    expect(keysOf(other)).toEqual(keysOf(one));
    expect(artifactsOf(there)).toEqual(artifactsOf(here));
    const version = ".millrace/models/returned/1";
    expect(readdirSync(join(here, version))).toEqual([".stamps.json", "card.md", "certificate.json", "model.onnx"]);
    for (const name of ["card.md", "certificate.json", "model.onnx"]) expect(readFileSync(join(there, version, name)).equals(readFileSync(join(here, version, name)))).toBe(true);
  });
});

describe("the SQL of the flights, a join of files", () => {
  it("reads the same rows in the same order in two processes", async () => {
    const [here, there] = [linkPackages(project(FLIGHTS)), linkPackages(project(FLIGHTS))];
    const READ = ["--only", "delays/read", "--sample", "300000"];
    const [one, other] = await Promise.all([run({}, here, ...READ), run(ELSEWHERE, there, ...READ)]);
    expect(keysOf(other)).toEqual(keysOf(one));
    // Two parts of at most 262,144 rows, and the list of them.
    expect(artifactsOf(here)).toHaveLength(3);
    expect(artifactsOf(there)).toEqual(artifactsOf(here));
  });
});
