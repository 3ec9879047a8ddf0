import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { millrace } from "../fixtures/captured.js";

const COMMANDS = ["plan", "run", "why", "runs", "models", "predict", "config", "schema", "plugins", "gc", "doctor", "init"];
const fixtures = fileURLToPath(new URL("../../core/fixtures/config/", import.meta.url));

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "millrace-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe("millrace", () => {
  it("names its commands, its version and its exit codes", async () => {
    const { code, out } = await millrace("/", "--help");
    expect(code).toBe(0);
    for (const command of COMMANDS) expect(out).toContain(`  ${command} `);
    expect(out).toContain("130 interrupted");
    const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { readonly version: string };
    expect((await millrace("/", "--version")).out).toBe(`${manifest.version}\n`);
  });

  it.each(COMMANDS)("%s --help shows options and examples", async (command) => {
    const { code, out } = await millrace("/", command, "--help");
    expect(code).toBe(0);
    expect(out).toContain("EXAMPLES");
    expect(out).toContain(`millrace ${command}`);
    expect(out).toContain("--json");
    expect(out).not.toContain("\u001B");
  });

  it.each([
    [["pln"], "USAGE_COMMAND", 'Did you mean "plan"?'],
    [["plan", "--smaple", "3"], "USAGE_ARGUMENT", 'Did you mean "--sample"?'],
    [["plan", "--sample"], "USAGE_ARGUMENT", "--sample"],
    [["plan", "--sample", "-5"], "USAGE_ARGUMENT", "If it is meant: --sample=-5"],
    [["plan", "--sample=-5"], "USAGE_ARGUMENT", "whole number of at least 1"],
    [["plan", "--sample", "5", "--sample=3"], "USAGE_ARGUMENT", "takes --sample once, found it 2 times"],
    [["plan", "--json=yes"], "USAGE_ARGUMENT", "--json"],
    [["serve", "--config", "none.ts"], "USAGE_ARGUMENT", "millrace serve reads no config, so that --config would change nothing."],
    [["capacity", "m", "--set", "server.listen=:1"], "USAGE_ARGUMENT", "--set would change nothing"],
    [["init", "--env=production"], "USAGE_ARGUMENT", "--env would change nothing"],
    [["why"], "USAGE_ARGUMENT", "<task>"],
    [["why", "a", "b"], "USAGE_ARGUMENT", "at most 1"],
    [["predict", "m"], "USAGE_ARGUMENT", "--in"],
    [["plan"], "CONFIG_NOT_FOUND", "millrace.config"],
    [["plan", "--config", "none.ts"], "CONFIG_NOT_FOUND", "none.ts"],
    [["plugins", "logistik"], "USAGE_NAME", 'Did you mean "logistic"?'],
  ])("%j ends with 2 and says what to do", async (argv, code, text) => {
    const folder = folderWith({});
    const plain = await millrace(folder, ...argv);
    expect(plain.code).toBe(2);
    expect(plain.err).toContain(`error ${code}: `);
    expect(plain.err).toContain(text);
    expect(plain.out).toBe("");
    const { err } = await millrace(folder, ...argv, "--json");
    if (!argv.some((one) => one.startsWith("--json"))) expect(JSON.parse(err)).toMatchObject({ error: { code, mend: expect.any(String) } });
  });
});

describe("millrace config", () => {
  const shown = async (folder: string) => (await millrace(fixtures + folder, "config", "--json")).json()[0] as { readonly config: object; readonly digest: string; readonly origins: object };

  it("resolves TypeScript, YAML and JSON to one digest", async () => {
    const [ts, yaml, json] = await Promise.all(["flights-ts", "flights-yaml", "flights-json"].map(shown));
    expect(ts!.config).toMatchObject({ project: "flights", models: { delays: { train: { use: "logistic", with: { l2: 1 } } } } });
    expect(yaml).toMatchObject({ config: ts!.config, digest: ts!.digest });
    expect(json).toMatchObject({ config: ts!.config, digest: ts!.digest });
  });

  it("tells file and line of each value", async () => {
    const { out, code } = await millrace(`${fixtures}flights-yaml`, "config", "--set", "models.delays.train.with.l2=3");
    expect(code).toBe(0);
    expect(out).toMatch(/models\.delays\.columns\.target +"late" +millrace\.config\.yaml:\d+:\d+\n/);
    expect(out).toMatch(/models\.delays\.train\.with\.l2 +3 +set\n/);
    expect(out).toMatch(/models\.delays\.columns\.pii +\[\] +default\n/);
  });

  it("tells every mistake at once, and ends with 2", async () => {
    const folder = folderWith({ "millrace.config.yaml": "schema: 1\nproject: p\nmodels:\n  m:\n    source: { use: csv, with: { files: a.csv } }\n    columns: { targt: y }\n    train: logistik\n" });
    const { code, err } = await millrace(folder, "run");
    expect(code).toBe(2);
    expect(err).toContain("millrace.config.yaml:6:16 models.m.columns.targt: is no key of models.m.columns.");
    expect(err).toContain('millrace.config.yaml:7:5 models.m.train: is no trainer that a plugin brings: "logistik". Did you mean "logistic"?');
  });

  it("of no models is planned as no task", async () => {
    const folder = folderWith({ "millrace.config.yaml": "schema: 1\nproject: p\nmodels: {}\n" });
    const { code, out } = await millrace(folder, "plan");
    expect({ code, out }).toEqual({ code: 0, out: "No tasks: the config names no models.\n" });
    expect((await millrace(folder, "run")).out).toContain("succeeded: nothing to do, the config names no models\n");
  });

  it("writes the server's file", async () => {
    const folder = folderWith({ "millrace.config.yaml": "schema: 1\nproject: p\nmodels: {}\n" });
    expect((await millrace(folder, "config", "--server")).out).toBe("wrote .millrace/server.json\n");
  });
});

describe("millrace plugins", () => {
  it("lists what the embedded plugins bring, where there is no project", async () => {
    const { out, code } = await millrace(folderWith({}), "plugins");
    expect(code).toBe(0);
    for (const line of [/store +sqlite/, /trainer +logistic/, /source +sql/, /runtime +onnxruntime/]) expect(out).toMatch(line);
  });
  it("shows options with defaults and meaning", async () => {
    const { out } = await millrace(folderWith({}), "plugins", "logistic");
    expect(out).toMatch(/l2 +number +1 +\S/);
  });
  it("describes every option of every embedded extension", async () => {
    const all = (await millrace(folderWith({}), "plugins", "--json")).json() as readonly { readonly name: string; readonly summary: string; readonly options: readonly { readonly name: string; readonly description: string }[] }[];
    expect(all.length).toBeGreaterThan(40);
    for (const { name, summary, options } of all) {
      expect(summary, name).not.toBe("");
      for (const option of options) expect(option.description, `${name}.${option.name}`).not.toBe("");
    }
  });
});

describe("a command of a plugin", () => {
  const PLUGIN = `import { z } from "zod";
export default () => ({ contract: 1, name: "hello", version: "1.0.0", url: import.meta.url, apply() {}, extensions: [{
  kind: "command", name: "hello", summary: "Says hello.", options: { "~standard": { version: 1, vendor: "x",
    validate: (value) => ({ value }),
    jsonSchema: { input: () => ({ type: "object", properties: { times: { type: "number", description: "How often." }, names: { type: "array", items: { type: "string" } } } }) } } },
  create: () => ({ run: async (options, engine) => { globalThis.helloCalls = [options, engine.config.project]; return 7; } }) }] });
`.replace('import { z } from "zod";\n', "");
  it("is one of the project's commands, with its options", async () => {
    const folder = folderWith({ "millrace.config.yaml": "schema: 1\nproject: p\nplugins: [./hello.mjs]\nmodels: {}\n", "hello.mjs": PLUGIN });
    expect((await millrace(folder, "hello", "--help")).out).toMatch(/Says hello\.[\s\S]*--times/);
    expect((await millrace(folder, "hello", "--times", "3", "--names", "a,b", "--names", "c")).code).toBe(7);
    expect((globalThis as { helloCalls?: unknown }).helloCalls).toEqual([{ times: 3, names: ["a", "b", "c"] }, "p"]);
    expect((await millrace(folder, "hello", "--tiems", "3")).err).toContain('Did you mean "--times"?');
    expect((await millrace(folder, "helo")).code).toBe(2);
  });
});
