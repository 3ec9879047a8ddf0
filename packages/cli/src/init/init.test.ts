import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { millrace } from "../../fixtures/captured.js";
import { pluginFiles, PLUGIN_KINDS } from "./plugin-files.js";

const bin = (name: string): string => fileURLToPath(new URL(`../../../../node_modules/.bin/${name}`, import.meta.url));

/** A program of the workspace in a folder; what it wrote, also where it fails. */
async function run(folder: string, program: string, ...args: readonly string[]): Promise<string> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("VITEST")));
  const { stdout, stderr } = await promisify(execFile)(bin(program), args, { cwd: folder, env: { ...env, NO_COLOR: "1" } }).catch((error: unknown) => {
    const { stdout = "", stderr = "" } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${program} ${args.join(" ")} failed:\n${stdout}${stderr}`, { cause: error });
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

  beforeAll(async () => {
    rmSync(root, { recursive: true, force: true });
    mkdirSync(root, { recursive: true });
    for (const kind of PLUGIN_KINDS) expect((await millrace(root, "init", "plugin", kind, `new-${kind}`, "--folder", kind)).code).toBe(0);
    // One program for all; what each would be built with is what one of them has.
    const own = { extends: "./transform/tsconfig.json", compilerOptions: { rootDir: ".", outDir: "built" }, include: ["*/src/**/*.ts"], exclude: [] };
    writeFileSync(join(root, "tsconfig.json"), JSON.stringify(own));
    writeFileSync(join(root, "vitest.config.mjs"), 'export default { test: { include: ["*/src/**/*.test.ts"] } };\n');
    const plugins = PLUGIN_KINDS.map((kind) => `./built/${kind}/src/index.js`);
    writeFileSync(join(root, "millrace.config.json"), JSON.stringify({ schema: 1, project: "p", plugins, models: {} }));
    await run(root, "tsc", "-p", "tsconfig.json");
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it("builds as a package of its own", async () => {
    await run(join(root, "transform"), "tsc", "-p", "tsconfig.json");
    expect(existsSync(join(root, "transform/dist/index.js"))).toBe(true);
    expect(existsSync(join(root, "transform/dist/new-transform.test.js"))).toBe(false);
  });

  it("passes the suite of its kind", async () => {
    const text = await run(root, "vitest", "run", "--reporter=verbose");
    for (const kind of PLUGIN_KINDS) expect(text).toContain(`${kind}/src/new-${kind}.test.ts > new-${kind}`);
    expect(text).toMatch(/Tests +\d+ passed \(\d+\)/);
  });

  it("shows up in `millrace plugins`, with its options", async () => {
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

  it("takes names that no identifier can have, and leaves no word of a template behind", () => {
    for (const kind of PLUGIN_KINDS) {
      const text = [...pluginFiles(kind, "new")].flat().join("\n");
      expect(text).toContain("const newOne = defineExtension");
      expect(text).not.toMatch(/[Tt]emplate.?[Nn]ame|SUMMARY|KIND|VERSION/);
    }
  });
});
