import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fromRows, seeded } from "../../packages/core/dist/index.js";
import { median } from "../measure.mjs";
import { benchProject } from "./bench-project.mjs";
import { bodiesOf } from "./bodies.mjs";
import { startBare, startFastApi, startHono, startOurs } from "./servers.mjs";
import { load } from "./wrk.mjs";

const MODELS = [["flights (raw columns with text)", "delays"], ["28 numbers, 100 trees of 31 leaves", "numbers"]];
const CONNECTIONS = [1, 16, 64];
const REFS = ["delays@1", "numbers@champion"];
/** Rows of the requests that overload the server: with these the server's work, and not the kernel's, is what there is too much of. */
const OVERLOAD_ROWS = 250;

/** What `--only` takes. */
export const parts = ["single-rows", "many-rows", "open-loop", "isolated"];

/** Requests per second and latencies of the server, beside hono without a model and FastAPI, with the load from another process. */
export default async function serve({ quick, say, only = parts }) {
  const how = { seconds: quick ? 1 : 3, repeat: quick ? 1 : 3, say };
  const measures = { "single-rows": singleRows, "many-rows": manyRows, "open-loop": openLoops };
  say("training the main example on a sample");
  const project = await benchProject();
  try {
    const own = await startOurs(project.folder, ...REFS);
    const files = await bodyFiles(project, own);
    const figures = [];
    try {
      for (const [part, measure] of Object.entries(measures)) if (only.includes(part)) figures.push(...(await measure(own, files, how, project)));
    } finally {
      await own.stop();
    }
    if (only.includes("isolated")) figures.push(...(await isolated(project, files, how)));
    return { figures, notes: NOTES };
  } finally {
    await project.remove();
  }
}

const NOTES = [
  "One server process each, one wrk thread in another process. hono parses the same JSON and writes an answer of the same form, without a model; hello is its GET of 5 bytes.",
  "FastAPI and uvicorn in one process: xgboost by inplace_predict, scikit-learn as a pipeline over a pandas frame, each 100 trees of 31 leaves.",
  `Open loop: requests at a fixed rate, whether those before were answered or not, at twice capacity of ${OVERLOAD_ROWS} rows each; capacity is what 64 connections that wait for their answers get. Latencies of answers count from the moment at which a request was due, those of refusals from sending. Beside: a node:http that reads the body and writes the same answer each time; and how late the load itself was.`,
];

async function bodyFiles({ folder }, { url }) {
  const files = {};
  for (const [, model] of MODELS) {
    const path = `/v1/models/${model}/predict`;
    const about = await (await fetch(`${url}/v1/models/${model}`)).json();
    const write = (rows, count) => {
      const file = join(folder, `${model}-${rows}.jsonl`);
      writeFileSync(file, `${bodiesOf(about, count, rows).join("\n")}\n`);
      return file;
    };
    files[model] = { path, about, one: write(1, 64), overload: write(OVERLOAD_ROWS, 16), thousand: write(1_000, 8) };
    const answer = await fetch(`${url}${path}`, { method: "POST", body: bodiesOf(about, 1, 1)[0] });
    files[model].answer = await answer.text();
  }
  return files;
}

/** Interleaved, so that a slow moment of the machine meets all alike. */
async function singleRows(own, files, { seconds, repeat, say }) {
  const figures = [];
  for (const [title, model] of MODELS) {
    const { path, one, answer } = files[model];
    const hono = await startHono(answer);
    const peers = model === "numbers" ? { xgboost: await startFastApi("xgboost"), sklearn: await startFastApi("sklearn") } : {};
    try {
      // Code that has just begun to run is interpreted.
      for (const server of [{ url: own.url, path }, { url: hono.url, path: "/predict" }]) await load({ ...server, file: one, connections: 16, seconds });
      for (const connections of CONNECTIONS) {
        say(`${model}, ${connections} connections`);
        const samples = { ours: [], hono: [], hello: [], xgboost: [], sklearn: [] };
        for (let time = 0; time < repeat; time++) {
          samples.ours.push(await load({ url: own.url, pid: own.pid, path, file: one, connections, seconds }));
          samples.hono.push(await load({ url: hono.url, pid: hono.pid, path: "/predict", file: one, connections, seconds }));
          samples.hello.push(await hello(hono.url, connections, seconds));
          for (const [name, peer] of Object.entries(peers)) if (peer.absent === undefined) samples[name].push(await load({ url: peer.url, pid: peer.pid, path: "/predict", file: one, connections, seconds }));
        }
        const of = (name, metric) => samples[name].map((sample) => sample[metric]);
        const beside = (name, label, metric) => (peers[name] === undefined ? [] : [peers[name].absent === undefined ? { name: label, values: of(name, metric) } : { name: label, values: null, absent: peers[name].absent }]);
        const all = (metric) => [{ name: "hono without a model", values: of("hono", metric) }, ...beside("xgboost", "FastAPI, xgboost", metric), ...beside("sklearn", "FastAPI, scikit-learn", metric)];
        const name = `${title}, ${connections} connection${connections === 1 ? "" : "s"}`;
        figures.push({ case: name, metric: "requests", unit: "/s", ours: of("ours", "perSecond"), peers: [...all("perSecond"), { name: "hono hello", values: samples.hello }] });
        figures.push({ case: name, metric: "p99", unit: "ms", ours: of("ours", "p99"), peers: all("p99") });
        // What a busy machine inflates least.
        if (samples.ours[0].cpu !== null) figures.push({ case: name, metric: "CPU of the server", unit: "µs a request", ours: of("ours", "cpu"), peers: all("cpu") });
      }
    } finally {
      await hono.stop();
      for (const peer of Object.values(peers)) await peer.stop?.();
    }
  }
  return figures;
}

async function hello(url, connections, seconds) {
  const out = await run("wrk", ["-t1", `-c${connections}`, `-d${seconds}s`, url]);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(out)[1]);
}

/** 1,000 rows a request, beside the bare runtime on batches of the same rows. */
async function manyRows(own, files, { seconds, repeat, say }, project) {
  say("1,000 rows a request");
  const { path, thousand, about } = files["numbers"];
  const ours = [];
  const bare = [];
  for (let time = 0; time < repeat; time++) {
    ours.push((await load({ url: own.url, path, file: thousand, connections: 4, seconds })).perSecond * 1_000);
    bare.push(await bareRows(project, JSON.parse(bodiesOf(about, 1, 1_000)[0]).rows, seconds));
  }
  const tensors = await binaryRows(own, about, seconds);
  return [
    { case: "28 numbers, 1,000 rows a request, JSON", metric: "rows", unit: "/s", ours, peers: [{ name: "bare session.run", values: bare }] },
    { case: "28 numbers, 1,000 rows a request, binary tensors", metric: "rows", unit: "/s", ours: [tensors], peers: [{ name: "bare session.run", values: bare }] },
  ];
}

async function bareRows({ runtime, bundle }, rows, seconds) {
  const predictor = await runtime.load(bundle);
  const frame = fromRows(bundle.signature.inputs, rows);
  const end = performance.now() + seconds * 1_000;
  const started = performance.now();
  let done = 0;
  for (; performance.now() < end; done += rows.length) await predictor.predict(frame);
  const perSecond = (done * 1_000) / (performance.now() - started);
  await predictor[Symbol.asyncDispose]();
  return perSecond;
}

/** Four requests at once from this process: wrk cannot send bytes with NUL in a script's file. */
async function binaryRows({ url }, { inputs }, seconds) {
  const random = seeded("binary");
  const bytes = Buffer.from(Float64Array.from({ length: 28_000 }, () => random() * 4 - 2).buffer);
  const head = Buffer.from(JSON.stringify({ inputs: inputs.map(({ name }) => ({ name, datatype: "FP64", shape: [1_000, 28], parameters: { binary_data_size: bytes.length } })), parameters: { binary_data_output: true } }));
  const body = Buffer.concat([head, ...inputs.map(() => bytes)]);
  const end = performance.now() + seconds * 1_000;
  const started = performance.now();
  let rows = 0;
  const one = async () => {
    while (performance.now() < end) {
      const response = await fetch(`${url}/v2/models/numbers/infer`, { method: "POST", body, headers: { "inference-header-content-length": String(head.length) } });
      if (response.status !== 200) throw new Error(await response.text());
      await response.arrayBuffer();
      rows += 1_000;
    }
  };
  await Promise.all(Array.from({ length: 4 }, one));
  return (rows * 1_000) / (performance.now() - started);
}

/** At half of capacity, and at twice; each time beside the capacity of that moment. */
async function openLoops(own, files, { seconds, repeat, say }) {
  const { path, one, overload, answer } = files["numbers"];
  const rounds = [];
  const bare = await startBare(answer);
  try {
    // Small batches and large ones take different ways, and a server whose code is still interpreted falls behind.
    for (const connections of CONNECTIONS) for (const { url } of [own, bare]) await load({ url, path, file: one, connections, seconds: 2 });
    for (let time = 0; time < repeat; time++) {
      say("half of capacity, and twice");
      const single = (await load({ url: own.url, path, file: one, connections: 64, seconds })).perSecond;
      const half = await openLoop(own.url, path, one, single / 2, seconds);
      const floor = await openLoop(bare.url, path, one, single / 2, seconds);
      const capacity = (await load({ url: own.url, path, file: overload, connections: 64, seconds })).perSecond;
      rounds.push({ half, floor, capacity, twice: await openLoop(own.url, path, overload, 2 * capacity, seconds) });
    }
  } finally {
    await bare.stop();
  }
  const of = (pick) => rounds.map(pick);
  const halved = (metric, key) => ({ case: "half of capacity, one row a request", metric, unit: "ms", ours: of(({ half }) => half[key]), peers: [{ name: "node:http without a model", values: of(({ floor }) => floor[key]) }] });
  const doubled = (metric, unit, key, peers = []) => ({ case: `twice capacity, ${OVERLOAD_ROWS} rows a request`, metric, unit, ours: of(({ twice }) => twice[key]), peers });
  return [
    halved("median", "p50"),
    halved("p99", "p99"),
    halved("lateness of the load, p99", "lateP99"),
    doubled("goodput", "/s", "good", [{ name: "capacity", values: of(({ capacity }) => capacity) }]),
    doubled("p99 of answers", "ms", "p99"),
    doubled("median of refusals", "ms", "refusedP50"),
    doubled("p99 of refusals", "ms", "refusedP99"),
    doubled("lateness of the load, p99", "ms", "lateP99"),
  ];
}

/** Young objects of the load find room for the whole run, so that it stops for no garbage. */
const ROOM = ["--min-semi-space-size=64", "--max-semi-space-size=64"];

async function openLoop(url, path, file, rate, seconds) {
  const out = await run(process.execPath, [...ROOM, fileURLToPath(new URL("open-loop.mjs", import.meta.url)), url, path, file, String(Math.round(rate)), String(seconds)]);
  const found = JSON.parse(out);
  if (found.bad > 0) throw new Error(`${found.bad} requests of the open loop to ${url}${path} failed`);
  return found;
}

/** The same models in processes of their own. */
async function isolated(project, files, { seconds, repeat, say }) {
  say("models in processes of their own");
  project.write({ engine: { cost: "0ms" } });
  const own = await startOurs(project.folder, ...REFS);
  try {
    const figures = [];
    for (const [title, model] of MODELS)
      for (const connections of CONNECTIONS) {
        const samples = [];
        for (let time = 0; time < repeat; time++) samples.push(await load({ url: own.url, path: files[model].path, file: files[model].one, connections, seconds }));
        const name = `${title}, isolated, ${connections} connection${connections === 1 ? "" : "s"}`;
        figures.push({ case: name, metric: "requests", unit: "/s", ours: samples.map(({ perSecond }) => perSecond), peers: [] }, { case: name, metric: "p99", unit: "ms", ours: [median(samples.map(({ p99 }) => p99))], peers: [] });
      }
    return figures;
  } finally {
    await own.stop();
  }
}

function run(file, args) {
  return new Promise((resolve, reject) => execFile(file, args, { maxBuffer: 2 ** 24 }, (error, stdout, stderr) => (error === null ? resolve(stdout) : reject(new Error(`${file}: ${stderr}`, { cause: error })))));
}
