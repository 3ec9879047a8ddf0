import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PlannedTask, RunRecord } from "@millrace/core";
import type { Collection } from "@millrace/core/engine";
import { beforeAll, describe, expect, it } from "vitest";
import { artifactsOf } from "../../fixtures/artifacts-of.js";
import { millrace, millraceOk, millraceWith } from "../../fixtures/millrace-process.js";
import { linkPackages, projectFolders } from "../../fixtures/project-folders.js";
import { SMALL_FLIGHTS } from "../../fixtures/small-flights.js";

const project = projectFolders();
const CLOCK = fileURLToPath(new URL("../../fixtures/moved-clock.mjs", import.meta.url));

let folder: string;
let undisturbed: readonly string[];
/** The file of the trained model's artifact. */
let file: string;

beforeAll(async () => {
  folder = linkPackages(project(SMALL_FLIGHTS));
  await millraceOk(folder, "run");
  undisturbed = artifactsOf(folder);
  const digest = createHash("sha256").update(readFileSync(join(folder, ".millrace/models/delays/1/model.onnx"))).digest("hex");
  file = join(folder, ".millrace/artifacts", digest.slice(0, 2), digest.slice(2));
});

const planned = async () => (await millraceOk(folder, "plan", "--json")).json<{ readonly tasks: readonly PlannedTask[] }>()[0]!.tasks.find(({ id }) => id === "delays/train")!;

function flipByte(path = file): void {
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(path, bytes);
}

describe("an artifact that something wrote to", () => {
  it.each([
    ["deleted", () => rmSync(file), 'its artifact "model" is gone', 0],
    ["truncated", () => truncateSync(file, statSync(file).size - 1), 'its artifact "model" was altered', 1],
    ["altered in its size", () => flipByte(), 'its artifact "model" was altered', 1],
  ])("and %s is not served: its task runs again, to the same bytes", async (_, damage, why, damaged) => {
    damage();
    expect(await planned()).toMatchObject({ verdict: "run", why });
    const doctor = await millrace(folder, "doctor");
    // A version is made of this artifact: gone or altered, that is wrong.
    expect(doctor.code).toBe(1);
    expect(doctor.out).toContain(damaged === 1 ? `Remove ${file}` : "The version delays@1 lacks 1 of its artifacts");
    const [record] = (await millraceOk(folder, "run", "--json")).json<RunRecord>();
    expect(record!.tasks.filter(({ status }) => status === "succeeded").map(({ task }) => task)).toEqual(["delays/train"]);
    expect(artifactsOf(folder)).toEqual(undisturbed);
    expect((await millrace(folder, "doctor", "--deep")).code).toBe(0);
  });

  it("and altered in its size and time of change is found by doctor --deep, and by whoever reads it, with the file to remove", async () => {
    const before = join(folder, "before");
    cpSync(file, before, { preserveTimestamps: true });
    // To the nanosecond, which node's own functions do not give.
    execFileSync("touch", ["-r", file, before]);
    flipByte();
    execFileSync("touch", ["-r", before, file]);
    expect(await planned()).toMatchObject({ verdict: "reuse" });
    const doctor = await millrace(folder, "doctor", "--deep");
    expect(doctor.code).toBe(1);
    expect(doctor.out).toContain(`Remove ${file}, and run the task that makes it again: millrace run.`);
    const failed = await millrace(folder, "run", "--from", "delays/evaluate");
    expect(failed.code).toBe(1);
    expect(failed.err).toContain("error ARTIFACT_DAMAGED");
    expect(failed.err).toContain(`Remove ${file}`);
    rmSync(file);
    await millraceOk(folder, "run");
    expect(artifactsOf(folder)).toEqual(undisturbed);
    expect((await millrace(folder, "doctor", "--deep")).code).toBe(0);
  });

  it("in a copied folder, whose times are others, is taken for what it is", async () => {
    const copy = project({});
    cpSync(folder, copy, { recursive: true, filter: (path) => !path.endsWith("node_modules") });
    linkPackages(copy);
    const [record] = (await millraceOk(copy, "run", "--json")).json<RunRecord>();
    expect(new Set(record!.tasks.map(({ status }) => status))).toEqual(new Set(["reused"]));
  });
});

describe("a copy of a version's file", () => {
  const copy = () => join(folder, ".millrace/models/delays/1/model.onnx");

  it("that something wrote to is found by doctor, which says what to do, and is laid down again by a run that reuses all", async () => {
    const whole = readFileSync(copy());
    flipByte(copy());
    const doctor = await millrace(folder, "doctor");
    expect(doctor.code).toBe(1);
    expect(doctor.out).toMatch(/copies +.*model\.onnx is not what delays@1 is made of.*\n.*Run: millrace run\. It lays the file down again, since an alias points to the version\./);
    const [record] = (await millraceOk(folder, "run", "--json")).json<RunRecord>();
    expect(new Set(record!.tasks.map(({ status }) => status))).toEqual(new Set(["reused"]));
    expect(whole.equals(readFileSync(copy()))).toBe(true);
    expect((await millrace(folder, "doctor")).code).toBe(0);
  });

  it("of an older version is laid down again where an alias points to it; where none does, doctor says what to do", async () => {
    const other = linkPackages(project({}));
    cpSync(folder, other, { recursive: true, filter: (path) => !path.endsWith("node_modules") });
    const older = join(other, ".millrace/models/delays/1/model.onnx");
    const whole = readFileSync(older);
    const change = ["--set", "models.delays.train.with.l2=9"];
    await millraceOk(other, "run", ...change);
    flipByte(older);
    const { code, out } = await millrace(other, "doctor");
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining(`Remove ${older}: it is a copy for people, which nothing reads.`) });
    await millraceOk(other, "models", "alias", "delays@1", "champion");
    await millraceOk(other, "run", ...change);
    expect(readFileSync(older).equals(whole)).toBe(true);
    expect((await millrace(other, "doctor")).code).toBe(0);
  });

  it("is that of the store's version, where an older store gave the same number to another", async () => {
    const other = linkPackages(project({}));
    cpSync(folder, other, { recursive: true, filter: (path) => !path.endsWith("node_modules") });
    for (const name of readdirSync(join(other, ".millrace")).filter((each) => each.startsWith("store.sqlite"))) rmSync(join(other, ".millrace", name));
    await millraceOk(other, "run", "--set", "models.delays.train.with.l2=7");
    const before = readFileSync(copy());
    expect(before.equals(readFileSync(join(other, ".millrace/models/delays/1/model.onnx")))).toBe(false);
    expect((await millrace(other, "doctor", "--deep")).code).toBe(0);
  });
});

describe("millrace gc, years later", () => {
  it("keeps the champion and the version before it, and what is left passes doctor --deep and runs on", async () => {
    for (const l2 of [2, 3]) await millraceOk(folder, "run", "--set", `models.delays.train.with.l2=${l2}`);
    const LATER = { node: ["--import", CLOCK] };
    const dry = await millraceWith(LATER, folder, "gc", "--dry-run");
    expect(dry).toMatchObject({ code: 0, out: expect.stringContaining("Nothing was removed: millrace gc frees") });
    const before = artifactsOf(folder);
    const collected = await millraceWith(LATER, folder, "gc", "--json");
    const { removals, isDone } = collected.json<Collection>()[0]!;
    expect({ code: collected.code, isDone }).toEqual({ code: 0, isDone: true });
    expect(removals.filter(({ kind }) => kind === "model").map(({ id }) => id)).toEqual(["delays@1"]);
    expect(artifactsOf(folder).length).toBeLessThan(before.length);
    expect([1, 2, 3].map((version) => existsSync(join(folder, `.millrace/models/delays/${version}`)))).toEqual([false, true, true]);
    expect((await millrace(folder, "doctor", "--deep")).code).toBe(0);
    const { out } = await millraceOk(folder, "run", "--set", "models.delays.train.with.l2=3");
    expect(out).toContain("delays@3 is delays@champion");
    expect(out).toContain("= delays/train ");
  });
});
