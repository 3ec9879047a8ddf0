// Trains our trees on the files of a data set in a process of its own and prints one line of JSON, as peer.py does.
// node ours.mjs <folder> <options as JSON> <threads>
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { createFrame, field } from "../../packages/core/dist/index.js";
import { gradientBoosting } from "../../packages/plugin-trees/dist/gradient-boosting.js";
import { gradientBoostingOptions } from "../../packages/plugin-trees/dist/gradient-boosting.options.js";
import { predict } from "../../packages/plugin-trees/dist/model/predict.js";
import { quality } from "./quality.mjs";

const [folder, options, threads] = process.argv.slice(2);
const meta = JSON.parse(readFileSync(join(folder, "meta.json"), "utf8"));
const features = Array.from({ length: meta.columns }, (_, j) => {
  const at = meta.categorical.indexOf(j);
  return at < 0 ? field(`x${j}`, "float32") : field(`x${j}`, "int32", { nullable: false, categories: Array.from({ length: meta.categories[at] }, (_, code) => `v${code}`) });
});
const problem = meta.classes === 2 ? { kind: "binary", classes: ["0", "1"], positive: "1" } : { kind: "multiclass", classes: Array.from({ length: meta.classes }, (_, index) => `k${index}`) };

/** Rows of a frame, as `read` writes parts, and rows that are read from the file at once: what is read goes to the columns and leaves nothing behind. */
const [FRAME_ROWS, PIECE_ROWS] = [262_144, 8_192];

/** The rows of a part, column after column. */
function read(part) {
  const { buffer, byteOffset, byteLength } = readFileSync(join(folder, `${part}.y.f32`));
  const y = new Float32Array(buffer, byteOffset, byteLength / 4);
  const file = openSync(join(folder, `${part}.x.f32`), "r");
  const piece = new Float32Array(PIECE_ROWS * meta.columns);
  const frames = [];
  for (let from = 0; from < y.length; from += FRAME_ROWS) frames.push(frameOf(file, piece, y.subarray(from, from + FRAME_ROWS)));
  closeSync(file);
  return { count: y.length, labels: y, frames, read: async function* () { yield* frames; } };
}

/** The next rows of the file, as many as labels. */
function frameOf(file, piece, labels) {
  const values = features.map(({ dtype }) => (dtype === "int32" ? new Int32Array(labels.length) : new Float32Array(labels.length)));
  for (let first = 0; first < labels.length; first += PIECE_ROWS) {
    const rows = Math.min(PIECE_ROWS, labels.length - first);
    if (readSync(file, piece, 0, 4 * rows * meta.columns) !== 4 * rows * meta.columns) throw new Error("the file has fewer rows than labels");
    values.forEach((column, j) => {
      for (let row = 0; row < rows; row++) column[first + row] = piece[row * meta.columns + j];
    });
  }
  const columns = features.map(({ dtype }, j) => (dtype === "int32" ? { dtype, values: values[j], validity: null } : { dtype, values: values[j] }));
  const target = meta.classes === 2 ? { dtype: "float64", values: Float64Array.from(labels) } : { dtype: "int32", values: Int32Array.from(labels), validity: null };
  return createFrame([...features, field("$target", target.dtype)], [...columns, target], labels.length);
}

const parsed = gradientBoostingOptions.parse(JSON.parse(options));
const train = read("train");
const reports = [];
const progress = { report: async () => (reports.push(performance.now()), "continue"), save: async () => {}, random: () => 0.5, signal: new AbortController().signal, limits: { threads: Number(threads), memoryBytes: 16 * 2 ** 30 } };
const start = performance.now();
const state = await gradientBoosting(parsed, { folder }).train({ problem, features, train, validation: null }, null, progress);
const both = (performance.now() - start) / 1000;
// Not maxRSS, which remembers the process that started this one.
const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]) / 1024;
// What is before the first tree: until its report, less a round.
const round = reports.length < 2 ? 0 : (reports.at(-1) - reports[0]) / (reports.length - 1);
const binning = Math.max(0, reports[0] - round - start) / 1000;
const test = read("test");
const outputs = meta.classes === 2 ? 1 : meta.classes;
const predictions = new Float32Array(test.count * outputs);
test.frames.reduce((at, frame) => (predictions.set(predict(state, frame), at), at + frame.length * outputs), 0);
console.log(JSON.stringify({ binning, boosting: both - binning, both, peak, ...quality(meta, test.labels, predictions) }));
