import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { millrace } from "../../fixtures/captured.js";
import { pluginFiles, PLUGIN_KINDS } from "./plugin-files.js";

/** A script of a package, as its author runs it; what it wrote, also where it fails. */
async function npm(folder: string, script: string): Promise<string> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("VITEST")));
  const { stdout, stderr } = await promisify(execFile)("npm", ["run", script], { cwd: folder, env: { ...env, NO_COLOR: "1" } }).catch((error: unknown) => {
    const { stdout = "", stderr = "" } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`npm run ${script} failed in ${folder}:\n${stdout}${stderr}`, { cause: error });
  });
  return stdout + stderr;
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "millrace-init-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe("a new plugin of every kind", () => {
  // Below this package, so that the plugins find the workspace's core as if they had installed it.
  const root = fileURLToPath(new URL("../../.tmp/init/", import.meta.url));

  beforeAll(() => {
    rmSync(root, { recursive: true, force: true });
    mkdirSync(root, { recursive: true });
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each(PLUGIN_KINDS)("%s: it is written, and its own scripts build and test it", async (kind) => {
    expect((await millrace(root, "init", "plugin", kind, `new-${kind}`, "--folder", kind)).code).toBe(0);
    const folder = join(root, kind);
    await npm(folder, "build");
    expect(existsSync(join(folder, "dist/index.js"))).toBe(true);
    expect(existsSync(join(folder, `dist/new-${kind}.test.js`))).toBe(false);
    const text = await npm(folder, "test");
    expect(text).toContain(`src/new-${kind}.test.ts`);
    expect(text).toMatch(/Tests +\d+ passed \(\d+\)/);
  });

  it.each([
    ["check", "eval"],
    ["metric", "define-plugin"],
    ["source", "read-stream"],
    ["command", "arguments"],
  ] as const)("%s %s: a name that is an identifier of something else builds, too", async (kind, name) => {
    const folder = `${kind}-${name}`;
    expect((await millrace(root, "init", "plugin", kind, name, "--folder", folder)).code).toBe(0);
    await npm(join(root, folder), "build");
  });

  it("shows up in `millrace plugins`, with its options", async () => {
    const plugins = PLUGIN_KINDS.map((kind) => `./${kind}/dist/index.js`);
    writeFileSync(join(root, "millrace.config.json"), JSON.stringify({ schema: 1, project: "p", plugins, models: {} }));
    const { code, json } = await millrace(root, "plugins", "--json");
    expect(code).toBe(0);
    const found = (json() as readonly { readonly kind: string; readonly name: string; readonly plugin: string }[]).filter(({ plugin }) => plugin.startsWith("millrace-plugin-new-"));
    expect(found.map(({ kind, name }) => [kind, name]).sort()).toEqual(PLUGIN_KINDS.map((kind) => [kind, `new-${kind}`]).sort());
  });
});

describe("millrace init plugin", () => {
  it("says what it wrote, and what is next", async () => {
    const folder = emptyFolder();
    const { out } = await millrace(folder, "init", "plugin", "metric", "half-life");
    expect(out).toContain("wrote millrace-plugin-half-life");
    expect(out).toContain("src/half-life.options.ts");
    expect(out).toContain("cd millrace-plugin-half-life && npm install");
    expect(out).toContain("npm install ./millrace-plugin-half-life ");
    expect(out).toContain('plugins: ["millrace-plugin-half-life"]');
    expect(readFileSync(join(folder, "millrace-plugin-half-life/README.md"), "utf8")).toContain("npm install ./millrace-plugin-half-life");
    expect(readFileSync(join(folder, "millrace-plugin-half-life/src/half-life.ts"), "utf8")).toContain("export function createHalfLife(");
    const { json } = await millrace(folder, "init", "plugin", "metric", "half-life", "--folder", "other", "--json");
    expect(json()).toMatchObject([{ kind: "metric", name: "half-life", folder: join(folder, "other"), files: expect.arrayContaining(["package.json", "README.md", "tsconfig.json", "src/index.ts", "src/half-life.test.ts"]) }]);
  });

  it.each([
    [["app", "metric", "x"], "USAGE_ACTION", "plugin"],
    [["plugin", "metrik", "x"], "INIT_KIND", 'Did you mean "metric"?'],
    [["plugin", "metric", "Half Life"], "INIT_NAME", "half-life"],
    [["plugin", "metric", "../up"], "INIT_NAME", "half-life"],
    [["plugin", "metric"], "USAGE_ARGUMENT", "<name>"],
    [["plugin", "metric", "index"], "INIT_NAME", "src/index.ts is another file of its package"],
    [["plugin", "trainer", "ridge"], "INIT_NAME", "Give yours another name: my-ridge."],
    [["plugin", "step", "split"], "INIT_NAME", "Give yours another name: my-split."],
    [["plugin", "command", "run"], "INIT_NAME", "Give yours another name: my-run."],
    [["plugin", "metric", "x", "--from", "x.csv"], "USAGE_ARGUMENT", "--from"],
    [["plugin", "metric", "x", "--target", "z", "--yes"], "USAGE_ARGUMENT", "--target"],
    [["plugin", "metric", "x", "--force"], "USAGE_ARGUMENT", "--force"],
    [["plugin", "metric", "x", "--time", "none"], "USAGE_ARGUMENT", "--time"],
    [["plugin", "metric", "x", "--model", "m"], "USAGE_ARGUMENT", "--model"],
    [["plugin", "metric", "x", "--project", "p"], "USAGE_ARGUMENT", "--project"],
    [["plugin", "metric", "x", "--yes"], "USAGE_ARGUMENT", "--yes"],
  ])("%j ends with 2 and says what to do", async (argv, error, text) => {
    const { code, err } = await millrace(emptyFolder(), "init", ...argv);
    expect(code).toBe(2);
    expect(err).toContain(`error ${error}: `);
    expect(err).toContain(text);
  });

  it("overwrites nothing", async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, "mine"));
    await millrace(folder, "init", "plugin", "check", "a", "--folder", "mine");
    writeFileSync(join(folder, "mine/src/a.ts"), "mine");
    const { code, err } = await millrace(folder, "init", "plugin", "check", "a", "--folder", "mine");
    expect([code, err]).toEqual([2, expect.stringContaining("INIT_EXISTS")]);
    expect(readFileSync(join(folder, "mine/src/a.ts"), "utf8")).toBe("mine");
  });

  it("asks for the runtimes only where the suite needs them", () => {
    const withRuntimes = PLUGIN_KINDS.filter((kind) => pluginFiles(kind, "a").get("package.json")!.includes("@millrace/plugin-onnx"));
    expect([...withRuntimes].sort()).toEqual(["trainer", "transform"]);
    // Their npm install would else run the download of onnxruntime's installation.
    for (const kind of PLUGIN_KINDS) expect(pluginFiles(kind, "a").get(".npmrc")?.includes("\nonnxruntime-node-install=skip\n") ?? false).toBe(withRuntimes.includes(kind));
    for (const kind of PLUGIN_KINDS) expect(JSON.parse(pluginFiles(kind, "a").get("package.json")!)).toMatchObject({ dependencies: { "@millrace/core": expect.any(String) }, devDependencies: { vitest: expect.any(String) } });
  });

  it("takes names that no identifier can have, and leaves no word of a template behind", () => {
    for (const kind of PLUGIN_KINDS) {
      const text = [...pluginFiles(kind, "new")].flat().join("\n");
      expect(text).toContain("const newOne = defineExtension");
      expect(text).not.toMatch(/[Tt]emplate.?[Nn]ame|SUMMARY|KIND|VERSION/);
    }
  });
});
