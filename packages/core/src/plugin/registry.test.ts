import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import type { Extension, Plugin, PluginContext } from "../contracts/plugin.js";
import { MillraceError } from "../errors/millrace-error.js";
import { codeDigest } from "./code-digest.js";
import { createExtension } from "./create-extension.js";
import { withoutMarked } from "./option-marks.js";
import { definePlugin } from "./plugin.js";
import { createRegistry } from "./registry.js";

const extension = (kind: string, name: string, options: z.ZodType = z.strictObject({})): Extension => ({ kind, name, summary: "", options, create: (given: unknown) => ({ given }) });
const plugin = (name: string, extensions: readonly Extension[], version = "1.0.0"): Plugin => definePlugin({ name, version, url: import.meta.url, extensions });

describe("the registry", () => {
  const registry = createRegistry([plugin("b", [extension("trainer", "ridge"), extension("store", "sqlite")]), plugin("a", [extension("trainer", "logistic")])]);
  it("finds by kind and name", () => {
    expect(registry.get("trainer", "ridge").plugin.name).toBe("b");
    expect(registry.names("trainer")).toEqual(["logistic", "ridge"]);
    expect(registry.list().map((one) => `${one.extension.kind} ${one.extension.name}`)).toEqual(["store sqlite", "trainer logistic", "trainer ridge"]);
  });
  it("names the nearest", () => expect(() => registry.get("trainer", "rigde")).toThrow(expect.objectContaining({ code: "PLUGIN_UNKNOWN_NAME", mend: expect.stringContaining('Did you mean "ridge"?') })));
  it("takes the same plugin twice for one", () => expect(createRegistry([plugin("a", []), plugin("a", [])]).plugins).toHaveLength(1));
  it("takes copies of a plugin for one, and refuses another of its name and version, also where neither brings anything", () => {
    const at = (...files: readonly string[]): readonly Plugin[] => {
      const folder = mkdtempSync(join(tmpdir(), "millrace-registry-"));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      return files.map((text, index) => {
        const file = join(folder, String(index), "plugin.mjs");
        mkdirSync(dirname(file));
        writeFileSync(file, text);
        return { ...plugin("a", []), url: pathToFileURL(file).href };
      });
    };
    expect(createRegistry(at("1", "1")).plugins).toHaveLength(1);
    const two = at("1", "2");
    expect(() => createRegistry(two)).toThrow(expect.objectContaining({ code: "PLUGIN_DUPLICATE", message: 'Two plugins are called "a", and they are of different code.', mend: `Rename one of them: ${two.map(({ url }) => url).join(", ")}.` }));
  });
  it("refuses two versions", () => expect(() => createRegistry([plugin("a", []), plugin("a", [], "2.0.0")])).toThrow(expect.objectContaining({ code: "PLUGIN_DUPLICATE" })));
  it("refuses two extensions of a name", () =>
    expect(() => createRegistry([plugin("a", [extension("sink", "x")]), plugin("b", [extension("sink", "x")])])).toThrow(expect.objectContaining({ code: "PLUGIN_DUPLICATE", message: 'Two plugins bring the sink "x": "a" and "b".' })));
  it.each<[string, unknown, object]>([
    ["a kind that is none", { extensions: [{ ...extension("metrik", "t") }] }, { code: "PLUGIN_INVALID", message: 'Plugin "a" brings "t" of the kind "metrik", and there is no such kind.', mend: `Did you mean "metric"? Mend it in ${import.meta.url}.` }],
    ["a plugin without a name", { name: " " }, { code: "PLUGIN_INVALID", message: 'A plugin has no name: its "name" is " ".', mend: `Give definePlugin() a name in ${import.meta.url}.` }],
    ["an extension without a name", { extensions: [extension("metric", "")] }, { code: "PLUGIN_INVALID", message: 'Plugin "a" brings a metric that has no name: its "name" is "".' }],
    ["two extensions of a name in one plugin", { extensions: [extension("metric", "t"), extension("check", "t"), extension("metric", "t")] }, { code: "PLUGIN_DUPLICATE", message: 'Plugin "a" brings the metric "t" twice.', mend: `Rename one of the two in ${import.meta.url}.` }],
  ])("refuses %s", (_, more, error) => expect(() => createRegistry([{ ...plugin("a", []), ...(more as object) }])).toThrow(expect.objectContaining(error)));
  it("refuses another contract", () => expect(() => createRegistry([{ ...plugin("a", []), contract: 2 as never }])).toThrow(expect.objectContaining({ code: "PLUGIN_CONTRACT" })));
});

describe("a create() that fails", () => {
  const failing = (error: unknown) => createExtension(createRegistry([plugin("p", [{ ...extension("trainer", "ridge"), create: () => { throw error; } } as never])]), { kind: "trainer", name: "ridge", with: {} }, { folder: "/" } as PluginContext);
  it("without a code is named by its plugin and extension", async () => {
    const cause = new TypeError("no library");
    await expect(failing(cause)).rejects.toMatchObject({ code: "PLUGIN_CREATE", message: 'The trainer "ridge" (plugin "p") could not be created: no library', mend: expect.stringContaining(import.meta.url), cause, facts: { kind: "trainer", name: "ridge", plugin: "p" } });
    await expect(failing("a text")).rejects.toMatchObject({ code: "PLUGIN_CREATE", message: expect.stringContaining("a text") });
  });
  it("with a code keeps it, and a full disk stays one", async () => {
    const own = new MillraceError({ code: "SOURCE_X", message: "x", mend: "y" });
    await expect(failing(own)).rejects.toBe(own);
    await expect(failing(Object.assign(new Error("full"), { code: "ENOSPC", syscall: "write" }))).rejects.toMatchObject({ code: "DISK_FULL" });
  });
});

describe("an extension", () => {
  const options = z.strictObject({ url: z.string().meta({ secret: true }), more: z.array(z.strictObject({ key: z.string().meta({ secret: true }), place: z.string().meta({ location: true }), n: z.number() })).default([]) });
  const registry = createRegistry([plugin("p", [extension("store", "remote", options)])], { REGISTRY_TEST_KEY: "k" });
  const context = { folder: "/" } as PluginContext;
  it("gets its secrets when it is created, and not before", async () => {
    const use = { kind: "store", name: "remote", with: { url: "db://${env:REGISTRY_TEST_KEY}", more: [{ key: "${env:REGISTRY_TEST_KEY}", place: "${env:REGISTRY_TEST_KEY}", n: 1 }] } } as const;
    expect(await createExtension(registry, use, context)).toMatchObject({ given: { url: "db://k", more: [{ key: "k", place: "${env:REGISTRY_TEST_KEY}", n: 1 }] } });
    expect(use.with.url).toContain("${env:");
  });
  it("is not created without them", async () => {
    await expect(createExtension(registry, { kind: "store", name: "remote", with: { url: "${env:REGISTRY_TEST_KYE}" } }, context)).rejects.toMatchObject({ code: "CONFIG_ENV_MISSING", mend: expect.stringContaining("REGISTRY_TEST_KEY") });
  });
  it("has options for keys and options for logs", () => {
    const full = { url: "u", more: [{ key: "k", place: "here", n: 1 }] };
    expect(withoutMarked(options, full, ["secret", "location"])).toEqual({ more: [{ n: 1 }] });
    expect(withoutMarked(options, full, ["secret"])).toEqual({ more: [{ place: "here", n: 1 }] });
  });
});

function write(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "millrace-code-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const digest = (files: Readonly<Record<string, string>>, entry: string) => codeDigest(pathToFileURL(join(write(files), entry)).href);

describe("the digest of code", () => {

  const local = { "package.json": "{}", "p.ts": 'import { a } from "./lib/a.js";\nexport default a;', "lib/a.ts": 'export * from "../b";\nexport const a = 1;', "b.ts": "export const b = 2;", "other.ts": "export {};" };
  it("of a local file is that of it and what it imports, wherever it lies", () => {
    const first = digest(local, "p.ts");
    expect(digest({ ...local, "other.ts": "export const x = 1;" }, "p.ts")).toBe(first);
    expect(digest({ ...local, "b.ts": "export const b = 3;" }, "p.ts")).not.toBe(first);
    expect(digest({ ...local, "p.ts": 'const { a } = await import("./lib/a.js");' }, "p.ts")).not.toBe(first);
  });
  it.each(['createRequire(import.meta.url)("./data.json")', 'const require = createRequire(import.meta.url); require("./data.json")', 'import data from "./data.json"'])("of a local file holds the data of %s", (text) => {
    expect(digest({ "p.ts": text, "data.json": "1" }, "p.ts")).not.toBe(digest({ "p.ts": text, "data.json": "2" }, "p.ts"));
  });
  it("of a package is that of its version and its code, without maps", () => {
    const built = { "package.json": '{"version":"1.2.3"}', "dist/index.js": "1", "dist/x/y.js": "2", "dist/index.js.map": "3", "dist/index.d.ts": "4" };
    const first = digest(built, "dist/index.js");
    expect(digest({ ...built, "dist/index.js.map": "", "dist/index.d.ts": "", "README.md": "" }, "dist/index.js")).toBe(first);
    expect(digest({ ...built, "dist/x/y.js": "3" }, "dist/index.js")).not.toBe(first);
    expect(digest({ ...built, "dist/kernels.wasm": "5" }, "dist/index.js")).not.toBe(first);
    expect(digest({ ...built, "package.json": '{"version":"1.2.4"}' }, "dist/index.js")).not.toBe(first);
  });
  it("needs a file", () => expect(() => codeDigest("file:///not/there.js")).toThrow(expect.objectContaining({ code: "PLUGIN_CODE" })));
});
