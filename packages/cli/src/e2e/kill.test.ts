import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { digestOf, seeded, type ModelVersion } from "@millrace/core";
import { expect, it } from "vitest";
import { artifactsOf } from "../../fixtures/artifacts-of.js";
import { millrace as millraceHere } from "../../fixtures/captured.js";
import { millraceOk, millraceWith } from "../../fixtures/millrace-process.js";
import { linkPackages, projectFolders } from "../../fixtures/project-folders.js";
import { SMALL_FLIGHTS } from "../../fixtures/small-flights.js";

const project = projectFolders();
const PRELOAD = ["--import", fileURLToPath(new URL("../../fixtures/kill-at.mjs", import.meta.url))];
const KILLS = Number(process.env["MILLRACE_KILLS"] ?? 20);
const LANES = 2;

const fresh = () => linkPackages(project(SMALL_FLIGHTS));

/** A moment of a run: before one of its calls of the file system, or so many milliseconds after its start, which may lie within native code; a few runs have their tasks in threads. */
type Moment = { readonly call: number } | { readonly ms: number; readonly executor: "in-process" | "threads" };

/** A run that nothing disturbs: what it leaves, how many calls of the file system it makes, and how long it takes. */
async function undisturbed() {
  const folder = fresh();
  const countFile = join(folder, "calls");
  const started = performance.now();
  const ended = await millraceWith({ node: PRELOAD, env: { MILLRACE_COUNT_FILE: countFile } }, folder, "run");
  const ms = performance.now() - started;
  expect({ code: ended.code, err: ended.err }).toEqual({ code: 0, err: "" });
  return { artifacts: artifactsOf(folder), calls: Number(readFileSync(countFile, "utf8")), ms };
}

/** Runs until the moment has come. Returns whether the run was killed: one that is faster than the undisturbed one may have ended. */
async function runUntil(folder: string, moment: Moment): Promise<boolean> {
  if ("call" in moment) {
    const { code } = await millraceWith({ node: PRELOAD, env: { MILLRACE_KILL_AT: String(moment.call) } }, folder, "run");
    return code === null;
  }
  let timer: NodeJS.Timeout | undefined;
  const { code } = await millraceWith({ onSpawn: (child) => (timer = setTimeout(() => child.kill("SIGKILL"), moment.ms)) }, folder, "run", "--set", `executor=${moment.executor}`);
  clearTimeout(timer);
  return code === null;
}

it(`a small flights run, killed at ${KILLS} random moments of its whole span, leaves what passes doctor --deep, and the next one ends as if nothing had been`, async () => {
  const whole = await undisturbed();
  const random = seeded(digestOf("moments"));
  const moments = Array.from({ length: KILLS }, (_, index): Moment => (index % 2 === 0 ? { call: 1 + Math.floor(random() * whole.calls) } : { ms: random() * whole.ms, executor: index % 8 === 7 ? "threads" : "in-process" }));
  const killed = { call: 0, ms: 0 };
  const waiting = moments.entries();
  const work = async (): Promise<void> => {
    for (const [index, moment] of waiting) {
      const folder = fresh();
      if (await runUntil(folder, moment)) killed["call" in moment ? "call" : "ms"]++;
      const about = `kill ${index} at ${JSON.stringify(moment)}`;
      const doctor = await millraceHere(folder, "doctor", "--deep");
      expect(doctor.code, `${about}\n${doctor.out}`).toBe(0);
      await millraceOk(folder, "run");
      expect(artifactsOf(folder), about).toEqual(whole.artifacts);
      const versions = (await millraceHere(folder, "models", "--json")).json() as readonly (ModelVersion & { readonly aliases: readonly string[] })[];
      expect(versions, about).toMatchObject([{ model: "delays", version: 1, gates: "passed", aliases: ["champion"] }]);
    }
  };
  await Promise.all(Array.from({ length: LANES }, work));
  const [calls, times] = [Math.ceil(KILLS / 2), Math.floor(KILLS / 2)];
  // A call is met unless it is one of the last, of which a run makes a few more or less; of the times, those that lie behind the end of a faster run are not.
  expect(killed.call).toBeGreaterThanOrEqual(calls - Math.ceil(calls / 10));
  if (times > 0) expect(killed.ms).toBeGreaterThanOrEqual(1);
}, Math.max(300_000, KILLS * 30_000));
