import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AliasChange } from "@millrace/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { millrace } from "../../fixtures/captured.js";
import { spaceFinding } from "./disk-space.js";
import { examine, EXAMINATIONS } from "./examine.js";
import { isNodeNewEnough } from "./node-version.js";
import { npmrc } from "./npmrc.js";
import { copyFinding } from "./plugins.js";
import { historyFindings } from "./store.js";

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "millrace-doctor-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const told = async (folder: string, ...argv: readonly string[]) => {
  const { code, json } = await millrace(folder, "doctor", "--json", ...argv);
  return { code, findings: (json()[0] as { readonly findings: readonly { readonly check: string; readonly level: string; readonly message: string }[] }).findings };
};

describe("millrace doctor", () => {
  it("looks at the machine where there is no project", async () => {
    const { code, findings } = await told(folderWith({}));
    expect(code).toBe(0);
    expect(findings[0]).toMatchObject({ check: "config", level: "warning", message: expect.stringContaining("no project") });
    expect(findings.map(({ check }) => check)).toEqual(expect.arrayContaining(["node", "npm", "disk"]));
  });

  it("names what hinders a project from being loaded, and looks at the rest all the same", async () => {
    const { code, findings } = await told(folderWith({ "millrace.config.json": '{ "schema": 1, "project": "p", "modles": {} }' }));
    expect(code).toBe(1);
    expect(findings[0]).toMatchObject({ check: "config", level: "wrong", message: expect.stringContaining("modles"), mend: expect.any(String) });
    expect(findings.some(({ check }) => check === "node")).toBe(true);
  });

  it("tells of a store that is none", async () => {
    const model = { source: { use: "csv", with: { files: "x.csv" } }, columns: { target: "y" }, train: "ridge" };
    const { code, findings } = await told(folderWith({ "millrace.config.json": JSON.stringify({ schema: 1, project: "p", models: { m: model } }), ".millrace/store.sqlite": "this is no database ".repeat(100) }));
    expect(code).toBe(1);
    expect(findings).toContainEqual(expect.objectContaining({ check: "store", level: "wrong", message: expect.stringContaining("STORE_DAMAGED") }));
    expect(findings.filter(({ check, level }) => check === "runtimes" && level === "ok").length).toBeGreaterThan(0);
  });

  it("leaves nothing in a project where nothing has run", async () => {
    const model = { source: { use: "csv", with: { files: "x.csv" } }, columns: { target: "y" }, train: "ridge" };
    const folder = folderWith({ "millrace.config.json": JSON.stringify({ schema: 1, project: "p", models: { m: model } }) });
    const { code, findings } = await told(folder);
    expect(code).toBe(0);
    expect(findings.filter(({ message }) => message === "Nothing has run here yet.").map(({ check }) => check)).toEqual(["store", "artifacts", "copies", "deletable"]);
    expect(readdirSync(folder)).toEqual(["millrace.config.json"]);
  });

  it("turns an examination that fails into a finding", async () => {
    const failing = { name: "failing", examine: () => Promise.reject(new Error("out of order")) };
    expect(await examine({ folder: "/", loaded: null, engine: null, isDeep: false }, [failing])).toMatchObject([{ check: "failing", level: "wrong", message: "out of order" }]);
    expect(new Set(EXAMINATIONS.map(({ name }) => name)).size).toBe(EXAMINATIONS.length);
  });
});

describe("what is looked at", () => {
  it.each([["v20.18.3", false], ["v20.19.0", true], ["v18.20.0", false], ["v22.0.0", true]])("Node.js %s: %s", (version, isEnough) => {
    expect(isNodeNewEnough(version)).toBe(isEnough);
  });

  it.each([[2 ** 35, "ok"], [2 ** 29, "warning"], [2 ** 20, "wrong"]])("%d bytes free: %s", (bytes, level) => {
    expect(spaceFinding("/disk", bytes)).toMatchObject({ level });
  });

  const looked = async (files: Readonly<Record<string, string>>, below = ".") => (await npmrc.examine({ folder: join(folderWith(files), below), loaded: null, engine: null, isDeep: false }))[0]!.level;

  it("npm would fetch CUDA, unless .npmrc or pnpm keeps it from that", async () => {
    const manifest = { "package.json": "{}", "src/x.ts": "" };
    expect(await looked(manifest)).toBe("warning");
    expect(await looked({ ...manifest, ".npmrc": "audit = false\nonnxruntime-node-install = skip\n" }, "src")).toBe("ok");
    expect(await looked({ ...manifest, "pnpm-lock.yaml": "" })).toBe("ok");
    expect(await looked({ "package.json": "{}", ".npmrc": "onnxruntime-node-install=skip", "packages/a/package.json": "{}" }, "packages/a")).toBe("ok");
  });

  it("copies of the core: one of another version may not fit", () => {
    const own = { folder: "/a", version: "1.0.0" };
    expect(copyFinding("p", own, own)).toBeNull();
    expect(copyFinding("p", { folder: "/b", version: "1.0.0" }, own)).toMatchObject({ level: "warning", mend: expect.stringContaining("npm dedupe") });
    expect(copyFinding("p", { folder: "/b", version: "1.1.0" }, own)).toMatchObject({ level: "wrong" });
  });

  it("histories of aliases: no gap, no other end, none without", () => {
    const move = (sequence: number, from: number | null, to: number | null): AliasChange => ({ model: "m", alias: "champion", sequence, from, to, reason: "", at: "" });
    const findings = (history: readonly AliasChange[], version: number | null) => historyFindings(new Map(history.length === 0 ? [] : [["m@champion", history]]), new Map(version === null ? [] : [["m@champion", version]]));
    expect(findings([move(1, null, 1), move(2, 1, 2)], 2)).toEqual([]);
    expect(findings([move(1, null, 1), move(2, 1, null)], null)).toEqual([]);
    expect(findings([move(1, null, 1), move(3, 1, 2)], 2)).toMatchObject([{ message: expect.stringContaining("has a gap") }]);
    expect(findings([move(1, null, 1), move(2, 3, 2)], 2)).toMatchObject([{ message: expect.stringContaining("has a gap") }]);
    expect(findings([move(1, null, 1)], 2)).toMatchObject([{ message: expect.stringContaining("points to version 2") }]);
    expect(findings([], 2)).toMatchObject([{ message: expect.stringContaining("no history") }]);
  });
});
