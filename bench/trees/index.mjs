import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { median } from "../measure.mjs";
import { peer, runPeer } from "../peer.mjs";
import { bitFigures } from "./bits.mjs";
import { openFolder, writeClasses, writeFlights, writeHiggs, writeSparse } from "./data.mjs";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const ENGINES = ["xgboost", "sklearn", "lightgbm", "lightgbm-quantized"];
const SEEDS = [8, 9, 10, 11];
/** Digits that tell qualities apart. */
const DIGITS = { "roc-auc": 5, "log-loss": 4 };
const UNITS = { binning: "s", boosting: "s", both: "s", peak: "MiB", "roc-auc": "", "log-loss": "" };

async function ours(folder, options, threads) {
  const { stdout } = await promisify(execFile)(process.execPath, [path("ours.mjs"), folder, JSON.stringify(options), String(threads)], { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

/** One data set, one growth, one number of threads: ours and the peers, one behind another, so many times. */
async function compare(title, folder, { trees, leaves, depth, growth = "leaf-wise", repeat = 1 }, threads, say) {
  const said = `${title}, ${growth} ${trees} x ${growth === "leaf-wise" ? `${leaves} leaves` : `depth ${depth}`}, ${threads} ${threads === 1 ? "thread" : "threads"}`;
  say(said);
  const mine = [];
  const peers = Object.fromEntries(ENGINES.map((engine) => [engine, []]));
  for (let time = 0; time < repeat; time++) {
    mine.push(await ours(folder, { trees, growth, ...(growth === "leaf-wise" ? { leaves } : { depth }) }, threads));
    for (const engine of ENGINES) peers[engine].push(await runPeer(path("peer.py"), ["--engine", engine, "--folder", folder, "--threads", String(threads), "--growth", growth, "--trees", String(trees), "--leaves", String(leaves ?? 31), "--depth", String(depth ?? 6)], threads));
  }
  // What each training gives the same is told once.
  const column = (results, metric) => [...new Set(results.map((result) => result[metric]))];
  const theirs = (results, metric) => results.find(({ absent }) => absent !== undefined) ?? { [metric]: column(results, metric) };
  return Object.keys(mine[0]).map((metric) => ({ case: said, metric, unit: UNITS[metric], digits: DIGITS[metric], ours: column(mine, metric), peers: Object.entries(peers).map(([name, results]) => peer(name, theirs(results, metric), metric)) }));
}

/** The ROC-AUC of the first figures' rows and of rows of other seeds: on one data set it depends on how near a cut happens to lie to a step of the signal. */
async function qualityBySeed(first, folder, rows, budget, seeds, say) {
  const measured = (figures) => figures.filter(({ metric }) => metric === "roc-auc");
  const found = measured(first).filter(({ case: said }) => said.endsWith(" 1 thread")).map((figure) => ({ ...figure, case: `${figure.case}, ${1 + seeds.length} data sets` }));
  for (const seed of seeds) {
    const files = folder.make(`higgs-seed-${seed}`);
    if (!(await writeHiggs(files, rows, 28, seed))) return [];
    for (const growth of ["leaf-wise", "depth-wise"]) {
      const more = measured(await compare(`seed ${seed}`, files, { ...budget, growth }, 2, say))[0];
      const of = found.find(({ case: said }) => said.includes(growth));
      of.ours = [...of.ours, ...more.ours];
      of.peers = of.peers.map(({ values, ...rest }, index) => ({ ...rest, values: values === null ? null : [...values, ...more.peers[index].values] }));
    }
    folder.drop(files);
  }
  return found;
}

/** With `quantizedGradients`, beside our own default and the peers on one thread. */
async function quantizedFigures(title, files, { trees, leaves }, figures, say) {
  const said = `${title}, quantized gradients, leaf-wise ${trees} x ${leaves} leaves, 1 thread`;
  say(said);
  const mine = await ours(files, { trees, leaves, quantizedGradients: true }, 1);
  return ["both", "boosting", "peak", "roc-auc"].map((metric) => {
    const { ours: exact, peers, ...rest } = figures.find((figure) => figure.metric === metric && figure.case.startsWith(`${title}, leaf-wise`) && figure.case.endsWith(" 1 thread"));
    return { ...rest, case: said, ours: [mine[metric]], peers: [{ name: "ours, default", values: exact }, ...peers] };
  });
}

/** How much more time one case takes than another. */
function growth(figures, from, to) {
  const [less, more] = [from, to].map((title) => figures.find((figure) => figure.metric === "both" && figure.case.startsWith(`${title}, leaf-wise`) && figure.case.endsWith(" 1 thread")));
  if (less === undefined || more === undefined) return [];
  const peers = more.peers.map(({ name, values, absent }, index) => (values === null ? { name, values, absent } : { name, values: [median(values) / median(less.peers[index].values)] }));
  return [{ case: `from ${from} to ${to}`, metric: "seconds grow by", unit: "times", ours: [median(more.ours) / median(less.ours)], peers }];
}

/** How many rows and trees, and where the files lie. */
function planOf(quick, folder, say) {
  const [less, more] = quick ? [10_000, 20_000] : [100_000, 1_000_000];
  return { quick, folder, say, less, more, budget: { trees: quick ? 5 : 100, leaves: 31, depth: 6 } };
}

const titleOf = (rows, columns) => `${rows.toLocaleString("en")} x ${columns}`;

/** The shape of Higgs: by rows, columns, threads, growth and seed. */
async function rows({ quick, folder, say, less, more, budget }) {
  const figures = [];
  const run = async (title, files, budget, threads) => figures.push(...(await compare(title, files, budget, threads, say)));
  for (const [rows, columns] of [[more, 28], [less, 28], [less, 112]]) {
    const files = folder.make(`higgs-${rows}-${columns}`);
    if (!(await writeHiggs(files, rows, columns))) return [];
    const often = { ...budget, repeat: quick || rows === less ? 1 : 3 };
    await run(titleOf(rows, columns), files, often, 1);
    if (columns !== 28) continue;
    await run(titleOf(rows, columns), files, often, 2);
    await run(titleOf(rows, columns), files, { ...budget, growth: "depth-wise" }, 1);
    if (rows === more) figures.push(...(await quantizedFigures(titleOf(rows, columns), files, budget, figures, say)));
  }
  const ofMore = ["leaf-wise", "depth-wise"].flatMap((growth) => figures.filter(({ case: said }) => said.startsWith(`${titleOf(more, 28)}, ${growth}`)));
  figures.push(...(await qualityBySeed(ofMore, folder, more, budget, quick ? SEEDS.slice(0, 1) : SEEDS, say)));
  for (const other of [titleOf(more, 28), titleOf(less, 112)]) figures.push(...growth(figures, titleOf(less, 28), other));
  return figures;
}

async function flights({ quick, folder, say, budget }) {
  const figures = [];
  for (const native of [false, true]) {
    const files = folder.make(`flights-${native}`);
    await writeFlights(files, native, quick ? 50 : 1);
    const title = `flights, ${native ? "native categories (XGBoost: codes)" : "codes"}`;
    for (const size of quick ? [budget] : [budget, { trees: 300, leaves: 63 }]) figures.push(...(await compare(title, files, size, 2, say)));
  }
  return figures;
}

async function classes({ quick, folder, say }) {
  const files = folder.make("classes");
  writeClasses(files, quick ? 10_000 : 100_000);
  return compare("50 classes x 20", files, { trees: quick ? 2 : 10, leaves: 31 }, 2, say);
}

async function sparse({ quick, folder, say, budget }) {
  const files = folder.make("sparse");
  writeSparse(files, quick ? 20_000 : 200_000);
  return compare("200 sparse columns", files, budget, 2, say);
}

const MEASURES = { rows, flights, classes, sparse, bits: ({ quick, say }) => bitFigures(quick ? 20_000 : 1_000_000, say) };

/** What `--only` takes. */
export const parts = Object.keys(MEASURES);

/** Gradient boosting beside XGBoost's hist, scikit-learn's HistGradientBoosting and, where there is a library of it, LightGBM: the same files, the same threads, one run. */
export default async function trees({ quick, say, only = parts }) {
  const folder = openFolder();
  const figures = [];
  try {
    for (const part of parts) if (only.includes(part)) figures.push(...(await MEASURES[part](planOf(quick, folder, say))));
  } finally {
    folder.remove();
  }
  return {
    figures,
    notes: [
      "Seconds of a training, of 1,000,000 rows the median of three, without loading; peak memory of the process, raw values included. Growth and rows are as printed; learning rate 0.1, l2 1, 255 bins (XGBoost 256).",
      "Ours: the frames are in memory, binning reads them twice; binning ends where the first tree begins. Peers from Debian: XGBoost tree_method=hist, HistGradientBoosting; LightGBM by `lib_lightgbm.so` where the machine has one. Two threads want an idle machine.",
    ],
  };
}
