import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { millrace } from "../fixtures/captured.js";
import { penguinsProject } from "../fixtures/penguins-project.js";
import { loadModel } from "./load-model.js";

// One project through all commands, in order: each goes on from what those before it left.
const folder = penguinsProject();
const run = (...argv: readonly string[]) => millrace(folder, ...argv);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a project", () => {
  beforeAll(async () => {
    const plan = await run("plan");
    expect(plan.out).toMatch(/species\/read +run +has not run before/);
    const first = await run("run");
    expect(first.err).toBe("");
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/✓ species\/train +\S/);
    expect(first.out).toContain("species@1 is species@champion");
    expect(first.out).toMatch(/\n {2}gate passed: accuracy on test: \S+ .*, at least 0\.8\n\nmetric, ± 95 % +train +validation +test +baseline-prior, test\nrows .*\naccuracy +\S+ ± \S+ .*\nlog-loss .*\n/);
    expect(existsSync(join(folder, ".millrace/models/species/1/card.md"))).toBe(true);
  }, 300_000);

  it("reuses everything the second time, as the plan said", async () => {
    const [plan] = (await run("plan", "--json")).json();
    expect(plan.tasks.every(({ verdict }: { verdict: string }) => verdict === "reuse")).toBe(true);
    const [record] = (await run("run", "--json")).json();
    expect(record).toMatchObject({ status: "succeeded", registered: [{ model: "species", version: 1, gates: "passed", aliases: ["champion"], confidence: 0.95, outcomes: [{ passed: true }] }] });
    expect(record.registered[0].evaluation).toMatchObject({ parts: { test: { metrics: { accuracy: { value: expect.any(Number), plot: null } } } }, baselines: { "baseline-prior": { test: { metrics: { accuracy: { value: expect.any(Number) } } } } } });
    expect(record.tasks.every(({ status }: { status: string }) => status === "reused")).toBe(true);
  });

  it("says why a task would run again", async () => {
    const { out } = await run("why", "species/train", "--set", "models.species.train.with.l2=0.25");
    expect(out).toMatch(/species\/train: run, train\.with\.l2: 1 -> 0\.25/);
    expect((await run("why", "species/trian")).err).toContain('"species/train"');
  });

  it("lists and compares runs", async () => {
    expect((await run("run", "--only", "species/train", "--set", "models.species.train.with.l2=0.25")).code).toBe(0);
    const runs = (await run("runs", "--json")).json();
    expect(runs).toHaveLength(3);
    expect((await run("runs", "show", "last")).out).toMatch(/species\/train +succeeded/);
    const compared = await run("runs", "compare", runs.at(-1).run, "last");
    expect(compared.out).toMatch(/species\/train +succeeded +succeeded +train\.with\.l2/);
    // Without a name: the newest and the one before it.
    for (const named of [[], ["last"]]) expect((await run("runs", "compare", ...named)).out).toContain(`left ${runs[1].run}, right ${runs[0].run}\n`);
    expect((await run("runs", "show", "nope")).code).toBe(2);
    expect((await run("runs", "shw")).err).toContain('"show"');
  });

  it("shows models and moves aliases", async () => {
    expect((await run("models")).out).toMatch(/species@1 +champion +passed/);
    const shown = await run("models", "show", "species@champion");
    expect(shown.out).toMatch(/inputs +Island string/);
    expect(shown.out).toMatch(/accuracy +\d/);
    expect((await run("models", "alias", "species@1", "best", "--reason", "try")).out).toBe("species@best: none -> 1\n");
    expect((await run("models", "history", "species@best")).out).toMatch(/none +1 +try/);
    expect(await run("models", "rollback", "species@best")).toMatchObject({ code: 2 });
    expect((await run("models", "show", "speceis")).err).toContain('"species"');
  });

  it("predicts from file to file, and in a program", async () => {
    const rows = (await run("predict", "species@champion", "--in", "penguins.json")).json();
    expect(rows).toHaveLength(344);
    expect(rows.filter(({ Species, label }: { Species: string; label: string }) => Species === label).length).toBeGreaterThan(330);
    for (const file of ["out.csv", "out.parquet", "out.jsonl"]) {
      expect((await run("predict", "species", "--in", "penguins.json", "--out", file, "--json")).json()).toMatchObject([{ rows: 344, version: 1 }]);
      expect((await run("predict", "species", "--in", file, "--prefix", "again_")).json().map(({ again_label: label }) => label)).toEqual(rows.map(({ label }) => label));
    }
    await using model = await loadModel("species@champion", { project: folder });
    const row = Object.fromEntries(model.signature.inputs.map(({ name }) => [name, rows[0][name]]));
    expect(await model.predict([row])).toMatchObject([{ label: rows[0].label, probabilities: rows[0].probabilities }]);
  });

  it("refuses a file that lacks a column, or is not there", async () => {
    writeFileSync(join(folder, "less.csv"), "Island,Sx\nDream,MALE\n");
    const { code, err } = await run("predict", "species", "--in", "less.csv");
    expect(code).toBe(3);
    expect(err).toContain("Beak Length (mm)");
    expect((await run("predict", "species", "--in", "none.csv")).code).toBe(3);
    expect((await run("predict", "species", "--in", "rows.txt")).code).toBe(2);
  });

  it("keeps a version whose gate failed, and ends with 4", async () => {
    const failed = await run("run", "--set", "models.species.evaluate.gates.0.atLeast=1.5");
    expect(failed.out).toContain("species@2 is kept, and no alias moved: a gate failed.");
    expect(failed.out).toMatch(/accuracy on test: .* but must be at least 1\.5/);
    expect(failed.code).toBe(4);
    expect(failed.out).toContain("  gate failed: accuracy on test");
    const shown = (await run("models", "show", "species@champion")).out;
    for (const said of ["species@1", "\nclasses  Adelie, Chinstrap, Gentoo, in the order of probabilities\n", "\nmetric, ± 95 % "]) expect(shown).toContain(said);
    expect(await run("models", "alias", "species@2", "champion")).toMatchObject({ code: 4 });
  });

  it("ends with 3 where the data breaks an expectation, and goes on when it is mended", async () => {
    const set = 'models.species.check=[{"use":"not-null","with":{"columns":["Sex"]}}]';
    const broken = await run("run", "--set", set);
    expect(broken.code).toBe(3);
    expect(broken.err).toContain("CHECK_FAILED");
    expect((await run("run")).code).toBe(0);
  });

  it("leaves a secret nowhere", async () => {
    const text = readFileSync(join(folder, ".millrace/server.json"), "utf8");
    expect(JSON.parse(text)).toMatchObject({ project: "penguins", store: { name: "sqlite" }, runtime: { name: "onnxruntime" } });
  });
});

describe("Ctrl-C", () => {
  const bin = fileURLToPath(new URL("../dist/bin.js", import.meta.url));

  /** Runs a project of its own in another process, and sends signals when certification begins. Returns the exit code. */
  async function interrupted(project: string, signals: number): Promise<unknown> {
    const child = spawn(process.execPath, [bin, "run"], { cwd: project, stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      if (out.includes("> species/certify") && !child.killed) child.kill("SIGINT");
    });
    // The second follows the answer to the first.
    child.stderr.setEncoding("utf8").once("data", () => void (signals > 1 && child.kill("SIGINT")));
    return new Promise((resolve) => child.on("close", resolve));
  }

  it.each([
    ["once: the run is recorded as interrupted", 1, "interrupted"],
    ["twice: it ends at once", 2, "running"],
  ])("%s, and the next goes on where it stopped", async (_, signals, status) => {
    const project = penguinsProject();
    try {
      expect(await interrupted(project, signals)).toBe(130);
      const [stopped] = (await millrace(project, "runs", "--json")).json();
      // An earlier end than the second signal is no failure of it.
      expect([status, "interrupted"]).toContain(stopped.status);
      const [plan] = (await millrace(project, "plan", "--json")).json();
      expect(plan.tasks.filter(({ verdict }: { verdict: string }) => verdict === "reuse").map(({ id }: { id: string }) => id)).toContain("species/train");
    } finally {
      rmSync(project, { recursive: true, force: true });
    }
  }, 300_000);
});
