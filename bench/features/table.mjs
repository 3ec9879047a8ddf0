import { fileURLToPath } from "node:url";
import { repeated, timed } from "../measure.mjs";
import { peer, runPeer } from "../peer.mjs";
import { writeValues } from "./data.mjs";
import { create, fit, transform } from "./pipeline.mjs";
import { readQuery } from "./read.mjs";

/** Five numbers with missing values, standardised, and five texts of ten levels as categories: fit, transform, and both. */
export async function tableFigures(rows, repeat, say) {
  say(`writing ${rows} rows x 10 columns`);
  const values = writeValues(rows);
  try {
    const { seconds: read, result: frame } = await timed(() => readFrame(values));
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
      peers[encoder] = await runPeer(fileURLToPath(new URL("column_transformer.py", import.meta.url)), ["--file", values.path, "--numbers", values.numbers.join(), "--texts", values.texts.join(), "--encoder", encoder, "--repeat", String(repeat)]);
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

function readFrame({ path, numbers, texts }) {
  const columns = [...numbers.map((name) => `CAST(${name} AS FLOAT) AS ${name}`), ...texts];
  return readQuery(`SELECT ${columns.join(", ")} FROM rows`, { rows: path }, "/");
}
