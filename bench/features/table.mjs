import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { numberColumn, textColumn } from "../../packages/core/dist/index.js";
import { repeated, timed } from "../measure.mjs";
import { peer, runPeer } from "../peer.mjs";
import { writeValues } from "./data.mjs";
import { create, fit, frameOf, transform } from "./pipeline.mjs";

/** Five numbers with missing values, standardised, and five texts of ten levels as categories: fit, transform, and both. */
export async function tableFigures(rows, repeat, say) {
  say(`writing ${rows} rows x 10 columns`);
  const values = writeValues(rows);
  try {
    const { seconds: read, result: frame } = await timed(() => readFrame(values, rows));
    const runtime = await create("runtime", "onnxruntime");
    const uses = [
      { transform: await create("transform", "standardize"), from: values.numbers },
      { transform: await create("transform", "category"), from: values.texts },
    ];
    say("ours");
    const ours = await repeated(repeat, async () => {
      const fitted = await timed(() => fit(uses, frame));
      const transformed = await timed(() => transform(uses, fitted.result, frame, runtime));
      return { fit: fitted.seconds, transform: transformed.seconds, both: fitted.seconds + transformed.seconds, "both, CPU": fitted.cpuSeconds + transformed.cpuSeconds };
    });
    ours.read = [read];
    const peers = {};
    for (const encoder of ["ordinal", "one-hot"]) {
      say(`scikit-learn, ${encoder}`);
      peers[encoder] = await runPeer(fileURLToPath(new URL("column_transformer.py", import.meta.url)), ["--folder", values.folder, "--numbers", values.numbers.join(), "--texts", values.texts.join(), "--encoder", encoder, "--repeat", String(repeat)]);
    }
    const title = `${rows.toLocaleString("en")} x 10`;
    return ["read", "fit", "transform", "both", "both, CPU"].map((metric) => ({
      case: title,
      metric,
      unit: "s",
      ours: ours[metric],
      peers: Object.entries(peers).map(([encoder, result]) => peer(`scikit-learn ${encoder}`, result, metric)),
    }));
  } finally {
    values.remove();
  }
}

function readFrame({ folder, numbers, texts }, rows) {
  const columns = {};
  for (const name of numbers) {
    const bytes = readFileSync(join(folder, `${name}.f32`));
    columns[name] = numberColumn("float32", new Float32Array(bytes.buffer, bytes.byteOffset, rows));
  }
  for (const name of texts) columns[name] = textColumn(readFileSync(join(folder, `${name}.txt`), "utf8").split("\n"), name);
  return frameOf(columns, rows);
}
