import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repeated } from "../measure.mjs";
import { runProject } from "./project.mjs";

const core = await import("../../packages/core/dist/index.js");
const { createEngine, loadConfig } = await import("../../packages/core/dist/engine.js");
const { defaults, defaultUses } = await import("../../packages/cli/dist/defaults.js");
const { threads } = await import("../../packages/plugin-local/dist/threads.js");

const SILENT = { info() {}, warn() {}, error() {}, debug() {} };
const NO_OPTIONS = { "~standard": { version: 1, vendor: "bench", validate: (value) => ({ value }), jsonSchema: { input: () => ({ type: "object" }), output: () => ({ type: "object" }) } } };

/** What executors cost: tasks that do nothing, a hop to a warm thread, and what two threads give `fit`. */
export async function executorFigures(project, { quick, say }) {
  say("tasks that do nothing");
  const noop = await noopSeconds(quick ? 100 : 1_000, 3);
  say("hops to a thread");
  const hops = await hopMilliseconds(200);
  const fit = { one: [], two: [] };
  for (let time = 0; time < (quick ? 1 : 3); time++) {
    say(`fit with one thread and two, run ${time + 1}`);
    for (const [name, count] of [["one", 1], ["two", 2]]) fit[name].push(await fitSeconds(project, count));
  }
  return [
    { case: `${quick ? 100 : "1,000"} no-op tasks in this process`, metric: "time", unit: "s", ours: noop, peers: [] },
    { case: "hop to a warm thread", metric: "time", unit: "ms", ours: hops, peers: [] },
    { case: "delays/fit with two threads", metric: "time", unit: "s", ours: fit.two, peers: [{ name: "one thread", values: fit.one }] },
  ];
}

/** Seconds of runs, with store and records, of a plan of tasks that do nothing. */
async function noopSeconds(count, times) {
  const folder = await mkdtemp(join(tmpdir(), "millrace-bench-"));
  const ids = Array.from({ length: count }, (_, index) => `model/noop-${index}`);
  const plan = (model, tasks) => [...tasks, ...ids.map((id, index) => ({ id, step: "noop", inputs: {}, options: { index }, uses: {}, after: [] }))];
  const run = async () => ({ outputs: {}, ledger: null, summary: null });
  const noop = core.defineExtension("step", { name: "noop", summary: "Does nothing.", options: NO_OPTIONS, create: () => ({ place: "executor", plan, run }) });
  const plugin = core.definePlugin({ name: "noop", version: "1.0.0", url: import.meta.url, extensions: [noop] });
  const model = { source: { use: "json", with: { files: "rows.jsonl" } }, columns: { target: "y" }, split: "random", train: "ridge" };
  await writeFile(join(folder, "rows.jsonl"), '{"x":1,"y":2}\n');
  await writeFile(join(folder, "millrace.config.json"), JSON.stringify({ schema: 1, project: "noop", models: { model } }));
  try {
    const { seconds } = await repeated(times, async () => {
      await rm(join(folder, ".millrace"), { recursive: true, force: true });
      const engine = await createEngine(await loadConfig({ folder, defaults: { plugins: [...defaults, plugin], uses: defaultUses } }));
      const started = performance.now();
      const { record, error } = await engine.run({ only: ids });
      const took = (performance.now() - started) / 1000;
      await engine[Symbol.asyncDispose]();
      if (record.tasks.length !== count || error !== null) throw new Error("the tasks that do nothing failed", { cause: error });
      return { seconds: took };
    });
    return seconds;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Milliseconds from handing a task to a warm thread until its result, one event on the way included. */
async function hopMilliseconds(times) {
  const project = { module: new URL("noop-worker.mjs", import.meta.url).href, project: null };
  const executor = threads({ threads: 1 }, { project, limits: { threads: 1, memoryBytes: 2 ** 30 }, log: SILENT });
  const task = { id: "model/noop", step: "noop", key: core.digestOf("noop"), inputs: {}, options: {}, uses: {}, code: {} };
  const watch = { signal: new AbortController().signal, event: async () => "continue" };
  try {
    const { hop } = await repeated(times, async () => {
      const started = performance.now();
      await executor.run(task, watch);
      return { hop: performance.now() - started };
    });
    return hop;
  } finally {
    await executor[Symbol.asyncDispose]();
  }
}

async function fitSeconds(project, count) {
  const { tasks } = await runProject(project, ["--only", "delays/fit", "--set", `executor=${JSON.stringify({ use: "threads", with: { threads: count } })}`]);
  return tasks.find(({ task }) => task === "delays/fit").seconds;
}
