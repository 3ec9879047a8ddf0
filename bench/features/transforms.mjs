import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { codedColumn, createFrame, field, numberColumn, seeded, textColumn } from "../../packages/core/dist/index.js";
import features from "../../packages/plugin-features/dist/index.js";
import { repeated, timed } from "../measure.mjs";
import { peer, runPeer } from "../peer.mjs";
import { create, fit, transform } from "./pipeline.mjs";

const NUMBERS = ["n0", "n1", "n2", "n3", "n4"];
const TEXTS = ["c0", "c1", "c2", "c3", "c4"];
const WORDS = 2_000;

/** By transform, what it is measured on; with several entries where options change what is done. Every transform of features has one. */
const CASES = {
  bucketize: [{ from: NUMBERS }],
  category: [{ from: TEXTS }],
  clip: [{ from: NUMBERS, options: { lower: -1, upper: 30 } }],
  cross: [{ from: ["c0", "c1"] }],
  cyclic: [{ from: ["t0"], options: { part: "hour" } }],
  "date-parts": [{ from: ["t0"] }],
  frequency: [{ from: TEXTS }],
  impute: [{ from: NUMBERS }],
  log: [{ from: NUMBERS, options: { offset: 100 } }],
  "max-abs": [{ from: NUMBERS }],
  "min-max": [{ from: NUMBERS }],
  "missing-indicator": [{ from: NUMBERS }],
  "one-hot": [{ from: TEXTS }, { from: TEXTS, options: { dense: true } }],
  pca: [{ from: NUMBERS, options: { components: 3 } }],
  polynomial: [{ from: NUMBERS }],
  power: [{ from: NUMBERS }],
  quantile: [{ from: NUMBERS }, { from: NUMBERS, options: { output: "normal" } }],
  robust: [{ from: NUMBERS }],
  select: [{ from: NUMBERS }],
  rename: [{ from: ["n0"], options: { to: ["x"] } }],
  "select-by-correlation": [{ from: NUMBERS }],
  "select-by-information": [{ from: [...NUMBERS, ...TEXTS] }],
  "select-by-variance": [{ from: NUMBERS }],
  since: [{ from: ["t0", "t1"] }],
  standardize: [{ from: NUMBERS }],
  "target-encode": [{ from: TEXTS }],
  tokens: [
    ...[{}, { as: "tf-idf" }, { hash: true }].flatMap((options) => [{ from: ["words"], options }, { from: ["words"], options: { ...options, dense: true } }]),
    { from: ["words"], options: { as: "tf-idf", sublinear: true, hash: true, features: 2 ** 20 } },
  ],
};

/** They make no feature of a column: they change the target or stand behind the model, and one takes columns out. */
const LEFT_OUT = ["target-log", "target-standardize", "calibrate", "decide", "drop"];

/** Seconds per million rows of each transform alone: its fold, and its graph with lowering and loading. */
export async function transformFigures(rows, repeat, say) {
  const missing = features().extensions.map(({ name }) => name).filter((name) => !(name in CASES) && !LEFT_OUT.includes(name));
  if (missing.length > 0) throw new Error(`bench/features/transforms.mjs measures nothing of ${missing.join(", ")}`);
  say(`making ${rows} rows for each transform alone`);
  const frame = makeFrame(rows);
  const runtime = await create("runtime", "onnxruntime");
  say("scikit-learn, each transform alone");
  const theirs = await peers(frame, repeat);
  const figures = [];
  for (const [name, cases] of Object.entries(CASES))
    for (const { from, options = {} } of cases) {
      say(`transforms: ${name} ${JSON.stringify(options)}`);
      const uses = [{ transform: await create("transform", name, options), from }];
      const samples = await repeated(repeat, async () => {
        const fitted = await timed(() => fit(uses, frame, field("$target", "float64")));
        const transformed = await timed(() => transform(uses, fitted.result, frame, runtime));
        const perMillion = 1e6 / rows;
        return { fit: fitted.seconds * perMillion, transform: transformed.seconds * perMillion, "both, CPU": (fitted.cpuSeconds + transformed.cpuSeconds) * perMillion };
      });
      const told = Object.keys(options).length === 0 ? "" : ` ${JSON.stringify(options)}`;
      const title = `${name} of ${from.length}${told}`;
      const found = theirs.absent === undefined ? theirs[title] : theirs;
      for (const metric of ["fit", "transform", "both, CPU"]) figures.push({ case: title, metric, unit: "s per million rows", ours: samples[metric], peers: found === undefined ? [] : [peer("scikit-learn, alone", found, metric)] });
    }
  return figures;
}

/** What scikit-learn has of the same, on the same values, by our titles. */
async function peers(frame, repeat) {
  const folder = mkdtempSync(join(tmpdir(), "millrace-bench-transforms-"));
  try {
    for (const name of NUMBERS) writeFileSync(join(folder, `${name}.f32`), frame.column(name).values);
    for (const name of [...TEXTS, "words"]) {
      const { codes, dictionary } = frame.column(name);
      writeFileSync(join(folder, `${name}.txt`), Array.from(codes, (code) => dictionary[code]).join("\n"));
    }
    return await runPeer(fileURLToPath(new URL("transforms.py", import.meta.url)), ["--folder", folder, "--repeat", String(repeat)]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Five numbers with 5 % missing, five texts of ten levels, two times, a text of words by frequency, and a target. */
function makeFrame(rows) {
  const random = seeded(3);
  const columns = [];
  const add = (name, dtype, column) => columns.push([field(name, dtype), column]);
  NUMBERS.forEach((name, index) => add(name, "float32", { dtype: "float32", values: Float32Array.from({ length: rows }, () => (random() < 0.05 ? NaN : (random() + random() + random() - 1.5) * (index + 1) + 10 * index)) }));
  const levels = ["", ...Array.from({ length: 10 }, (_, index) => `level_${index}`)];
  for (const name of TEXTS) add(name, "string", codedColumn(Int32Array.from({ length: rows }, () => 1 + Math.floor(random() * 10)), levels));
  for (const name of ["t0", "t1"]) add(name, "timestamp", numberColumn("timestamp", BigInt64Array.from({ length: rows }, () => BigInt(Math.floor(1e12 + random() * 1e11)))));
  // Zipf's law, nearly: the word at rank r with a weight of 1 / r.
  const word = () => `word${Math.floor(WORDS ** random())}`;
  add("words", "string", textColumn(Array.from({ length: rows }, () => Array.from({ length: 2 + Math.floor(random() * 10) }, word).join(" ")), "words"));
  add("$target", "float64", { dtype: "float64", values: Float64Array.from({ length: rows }, () => (random() < 0.3 ? 1 : 0)) });
  return createFrame(columns.map(([each]) => each), columns.map(([, column]) => column), rows);
}
