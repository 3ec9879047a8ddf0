import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { field } from "../../packages/core/dist/index.js";
import { repeated, timed } from "../measure.mjs";
import { peer, runPeer } from "../peer.mjs";
import { create, fit, transform } from "./pipeline.mjs";
import { readQuery } from "./read.mjs";

/** Resolved from the plugin's own folder, where the package is a development dependency. */
const HOME = fileURLToPath(new URL("../../packages/plugin-duckdb/", import.meta.url));
const QUERY = `SELECT date, distance, origin, destination, CAST(delay > 15 AS DOUBLE) AS "late" FROM flights`;

/** Hour, weekday, standardised distance, origin and destination, the airports as ordinal codes and as target codes. */
export async function flightFigures(rows, repeat, say) {
  say("reading flights");
  const { seconds: read, result: frame } = await timed(() => readFlights(rows));
  const title = `${frame.length.toLocaleString("en")} flights`;
  const runtime = await create("runtime", "onnxruntime");
  say("scikit-learn, flights");
  const theirs = await withFiles(frame, (folder) => runPeer(fileURLToPath(new URL("flights.py", import.meta.url)), ["--folder", folder, "--repeat", String(repeat)]));
  const figures = [{ case: title, metric: "read", unit: "s", ours: [read], peers: [] }];
  for (const codes of ["ordinal", "target"]) {
    say(`ours, flights, ${codes}`);
    const ours = await repeated(repeat, await flightRun(codes, frame, runtime));
    for (const metric of ["fit", "transform", "both", "both, CPU"])
      figures.push({ case: `${title}, ${codes} codes`, metric, unit: "s", ours: ours[metric], peers: codes === "ordinal" ? [peer("scikit-learn ordinal", theirs, metric)] : [] });
  }
  return figures;
}

async function flightRun(codes, frame, runtime) {
  const airports = codes === "ordinal" ? await create("transform", "category") : await create("transform", "target-encode");
  const uses = [
    { transform: await create("transform", "date-parts", { parts: ["hour", "weekday"] }), from: ["date"] },
    { transform: await create("transform", "standardize"), from: ["distance"] },
    { transform: airports, from: ["origin", "destination"] },
  ];
  return async () => {
    const fitted = await timed(() => fit(uses, frame, field("$target", "float64")));
    const transformed = await timed(() => transform(uses, fitted.result, frame, runtime));
    return { fit: fitted.seconds, transform: transformed.seconds, both: fitted.seconds + transformed.seconds, "both, CPU": fitted.cpuSeconds + transformed.cpuSeconds };
  };
}

async function readFlights(rows) {
  const query = rows === null ? QUERY : `${QUERY} LIMIT ${rows}`;
  return named(await readQuery(query, { flights: "npm:vega-datasets/data/flights-3m.parquet" }, HOME));
}

/** The target under its reserved name, as the core gives it to folds. */
function named(frame) {
  const fields = frame.fields.map((each) => (each.name === "late" ? { ...each, name: "$target" } : each));
  return { fields, length: frame.length, column: (name) => frame.column(name === "$target" ? "late" : name) };
}

async function withFiles(frame, work) {
  const folder = mkdtempSync(join(tmpdir(), "millrace-bench-flights-"));
  try {
    writeFileSync(join(folder, "date.i64"), frame.column("date").values);
    writeFileSync(join(folder, "distance.f32"), Float32Array.from(frame.column("distance").values, Number));
    for (const name of ["origin", "destination"]) {
      const { codes, dictionary } = frame.column(name);
      writeFileSync(join(folder, `${name}.txt`), Array.from(codes, (code) => dictionary[code]).join("\n"));
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
