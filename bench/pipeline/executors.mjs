import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repeated } from "../measure.mjs";
import { runProject } from "./project.mjs";

const core = await import("../../packages/core/dist/index.js");
const { createEngine, loadConfig } = await import("../../packages/core/dist/engine.js");
const { defaults, defaultUses } = await import("../../packages/cli/dist/defaults.js");
const millrace = await import("../../packages/cli/dist/index.js");
const { threads } = await import("../../packages/plugin-local/dist/threads.js");

const SILENT = { info() {}, warn() {}, error() {}, debug() {} };
const NO_OPTIONS = { "~standard": { version: 1, vendor: "bench", validate: (value) => ({ value }), jsonSchema: { input: () => ({ type: "object" }), output: () => ({ type: "object" }) } } };

/** What executors cost: tasks that do nothing, a hop to a warm thread, and what two threads give `fit`. */
export async function executorFigures(project, { quick, say }) {
  say("tasks that do nothing");
  const noop = await noopSeconds(quick ? 100 : 1_000, 3);
  say("hops to a thread");
  const hops = await hopMilliseconds(200);
  const cold = await coldFits(project, quick ? 1 : 3, say);
  const warm = await warmFits(project, quick ? 2 : 7, say);
  return [
    { case: `${quick ? 100 : "1,000"} no-op tasks in this process`, metric: "time", unit: "s", ours: noop, peers: [] },
    { case: "hop to a warm thread", metric: "time", unit: "ms", ours: hops, peers: [] },
    { case: "delays/fit with two threads, new process", metric: "time", unit: "s", ours: cold.two, peers: [{ name: "one thread", values: cold.one }] },
    { case: "delays/fit with two warm threads", metric: "time", unit: "s", ours: warm.two, peers: [{ name: "one thread", values: warm.one }] },
  ];
}

const COUNTS = Object.entries({ one: 1, two: 2 });
const inThreads = (count) => `executor=${JSON.stringify({ use: "threads", with: { threads: count } })}`;

/** Seconds of `fit` in new processes behind read, split and check: code is compiled for the first time in each thread. One thread and two in turn. */
async function coldFits(project, times, say) {
  const seconds = { one: [], two: [] };
  for (let time = 0; time < times; time++) {
    say(`fit with one thread and two in new processes, run ${time + 1}`);
    for (const [name, count] of COUNTS) {
      const { tasks } = await runProject(project, ["--only", "delays/fit", "--set", inThreads(count)]);
      seconds[name].push(tasks.find(({ task }) => task === "delays/fit").seconds);
    }
  }
  return seconds;
}

/** Fits before those that count: each of two threads does half of each, and its code is compiled only where it ran often. */
const WARM_UPS = 8;

/** Seconds of `fit` where the same threads have done some before: each time with another key, which is the order of some columns. One thread and two in turn, each in an engine of its own. */
async function warmFits({ folder, sample }, times, say) {
  const only = (index) => ({ models: [`fit${index}`], only: [`fit${index}/fit`], ...(sample === null ? {} : { sample }) });
  const engines = {};
  const seconds = { one: [], two: [] };
  try {
    for (const [name, count] of COUNTS) engines[name] = await fitEngine(folder, count, times + WARM_UPS);
    for (let index = 0; index < times + WARM_UPS; index++) {
      say(index < WARM_UPS ? `fit with one thread and two, to warm them, run ${index + 1}` : `fit with one warm thread and two, run ${index - WARM_UPS + 1}`);
      for (const [name] of COUNTS) {
        const { record, error } = await engines[name].run(only(index));
        if (error !== null) throw error;
        if (index >= WARM_UPS) seconds[name].push(record.tasks.find(({ step }) => step === "fit").seconds);
      }
    }
    return seconds;
  } finally {
    for (const engine of Object.values(engines)) await engine[Symbol.asyncDispose]();
  }
}

/** The example with so many models that differ in the order of the columns that they standardize. */
async function fitEngine(folder, count, models) {
  const modules = { millrace, "@millrace/core": core };
  const open = (set) => loadConfig({ folder, defaults: { plugins: defaults, uses: defaultUses }, modules, set });
  const { delays } = (await open([])).config.document.models;
  // The orders of n columns, numbered from 0 to n! - 1.
  const turned = ([...left], by) => {
    const order = [];
    for (let rest = by; left.length > 0; rest = Math.floor(rest / (left.length + 1))) order.push(...left.splice(rest % left.length, 1));
    return order;
  };
  const model = (by) => ({ ...delays, features: delays.features.map((feature) => (feature.use === "standardize" ? { ...feature, from: turned(feature.from, by) } : feature)) });
  const store = { use: "sqlite", with: { path: join(folder, `fit-${count}.sqlite`) } };
  const loaded = await open([inThreads(count), `store=${JSON.stringify(store)}`, ...Array.from({ length: models }, (_, by) => `models.fit${by}=${JSON.stringify(model(by))}`)]);
  return createEngine({ ...loaded, exportsVersions: false, worker: { module: new URL("../../packages/cli/dist/worker.js", import.meta.url).href, files: { ...loaded.files } } });
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
