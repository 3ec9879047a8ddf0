// npm start: runs the example to its end, then uses the model as any Node program would.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { loadModel } from "millrace";

const folder = fileURLToPath(new URL(".", import.meta.url));
const command = fileURLToPath(new URL("node_modules/millrace/bin/millrace.mjs", import.meta.url));

function millrace(...args) {
  const { status } = spawnSync(process.execPath, [command, ...args], { cwd: folder, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

millrace("run");

const flights = [
  ["2001-06-29T06:10:00Z", "ORD", "MSP", 334],
  ["2001-06-29T18:35:00Z", "ORD", "EWR", 719],
  ["2001-06-29T17:05:00Z", "ATL", "LGA", 761],
  ["2001-06-30T07:00:00Z", "SEA", "PDX", 129],
  ["2001-06-28T20:15:00Z", "BOS", "PHL", 280],
  ["2001-06-28T09:30:00Z", "DEN", "SLC", 391],
  ["2001-06-27T16:20:00Z", "LAX", "SFO", 337],
  ["2001-06-27T21:50:00Z", "JFK", "LAX", 2475],
  ["2001-06-26T12:00:00Z", "HNL", "OGG", 100],
  ["2001-06-26T18:45:00Z", null, "a new airport", null],
].map(([date, origin, destination, distance]) => ({ date, origin, destination, distance }));

const model = await loadModel("delays@champion", { project: folder });
const predictions = await model.predict(flights.map((flight) => ({ origin_lat: null, origin_lon: null, destination_lat: null, destination_lon: null, ...flight })));
console.log('Ten predictions by loadModel("delays@champion"):\n');
flights.forEach(({ date, origin, destination }, row) => {
  const { score, label } = predictions[row];
  console.log(`  ${date.slice(0, 16).replace("T", " ")}  ${String(origin ?? "unknown").padEnd(7)} -> ${destination.padEnd(13)}  P(late) ${score.toFixed(3)}  ${label === "true" ? "late" : "in time"}`);
});

console.log(`
What to try next, in examples/flight-delays:

  npx millrace run                                        nothing changed: every task is reused
  npx millrace plan --set models.delays.train.with.l2=10  what a change would run again
  npx millrace why delays/train                           why a task would run
  npx millrace models list                                what is registered
  npx millrace --help                                     all commands
`);
