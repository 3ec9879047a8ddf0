import { execFile, spawn } from "node:child_process";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const example = fileURLToPath(new URL("../../examples/flight-delays/", import.meta.url));
export const command = fileURLToPath(new URL("../../packages/cli/bin/millrace.mjs", import.meta.url));

/** A copy of the main example in a folder of its own; `sample`: rows to read at most, null: all. */
export async function makeProject(sample) {
  const folder = await mkdtemp(join(tmpdir(), "millrace-bench-"));
  for (const file of ["millrace.config.ts", "flights.sql", "package.json"]) await cp(join(example, file), join(folder, file));
  await symlink(join(example, "node_modules"), join(folder, "node_modules"));
  return { folder, sample, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** One run in a new process with nothing to reuse: its record, seconds of the process, and its peak memory. `more`: further arguments. */
export async function runProject({ folder, sample }, more = []) {
  await rm(join(folder, ".millrace"), { recursive: true, force: true });
  const started = performance.now();
  const record = await millraceJson(folder, ["run", ...(sample === null ? [] : ["--sample", String(sample)]), ...more]);
  return { seconds: (performance.now() - started) / 1000, tasks: record.tasks, peakMiB: Math.max(...record.tasks.map(({ peakBytes }) => peakBytes)) / 2 ** 20 };
}

/** Seconds of whole processes that find everything done, beside those of a Node that does nothing, in turn. */
export async function hitSeconds({ folder, sample }, times) {
  const ours = [];
  const bare = [];
  for (let time = 0; time <= times; time++) {
    const hit = await seconds(folder, [command, "run", ...(sample === null ? [] : ["--sample", String(sample)])]);
    const empty = await seconds(folder, ["-e", "0"]);
    // The first pair warms the caches.
    if (time === 0) continue;
    ours.push(hit);
    bare.push(empty);
  }
  return { ours, bare };
}

/** Seconds of a whole Node process. */
export function seconds(folder, args) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, args, { cwd: folder, stdio: "ignore" });
    child.on("error", reject);
    // A failed gate (4) is a run all the same: a sample may miss the mark.
    child.on("exit", (code) => (code === 0 || code === 4 ? resolve((performance.now() - started) / 1000) : reject(new Error(`exit code ${code}`))));
  });
}

function millraceJson(folder, args) {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [command, ...args, "--json"], { cwd: folder, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      if (error !== null && error.code !== 4) reject(new Error(`millrace ${args.join(" ")}: ${stderr}`, { cause: error }));
      else resolve(JSON.parse(stdout.trim().split("\n").at(-1)));
    });
  });
}
