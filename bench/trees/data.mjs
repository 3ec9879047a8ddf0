import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seeded } from "../../packages/core/dist/index.js";
import { readQuery } from "../features/read.mjs";
import { runPeer } from "../peer.mjs";

/** Where `npm:` files are resolved: a development dependency of the plugin. */
const HOME = fileURLToPath(new URL("../../packages/plugin-duckdb/", import.meta.url));

/** A folder for the files of data sets, and how to remove it. */
export function openFolder() {
  const root = mkdtempSync(join(tmpdir(), "millrace-bench-trees-"));
  const make = (name) => {
    mkdirSync(join(root, name));
    return join(root, name);
  };
  const drop = (path) => rmSync(path, { recursive: true });
  return { make, drop, remove: () => drop(root) };
}

const meta = (folder, facts) => writeFileSync(join(folder, "meta.json"), JSON.stringify({ classes: 2, categorical: [], categories: [], ...facts }));

/** The shape of Higgs: see higgs.py. False where Python is not there. */
export async function writeHiggs(folder, rows, columns, seed = 7) {
  meta(folder, { columns });
  return (await runPeer(fileURLToPath(new URL("higgs.py", import.meta.url)), ["--folder", folder, "--rows", String(rows), "--columns", String(columns), "--seed", String(seed)])).absent === undefined;
}

/** Rows by a function of the row that fills its columns and returns its label. */
function writeRows(folder, columns, counts, rowOf) {
  for (const [part, rows] of Object.entries(counts)) {
    const x = new Float32Array(rows * columns);
    const y = new Float32Array(rows);
    for (let row = 0; row < rows; row++) y[row] = rowOf(x.subarray(row * columns, (row + 1) * columns));
    writeFileSync(join(folder, `${part}.x.f32`), x);
    writeFileSync(join(folder, `${part}.y.f32`), y);
  }
}

/** 20 columns, and the class the nearest of 50 centres, with noise. */
export function writeClasses(folder, rows) {
  const random = seeded("50 classes");
  const centres = Array.from({ length: 50 }, () => Array.from({ length: 20 }, () => random() * 2 - 1));
  meta(folder, { columns: 20, classes: 50 });
  writeRows(folder, 20, { train: rows, test: rows / 5 }, (x) => {
    const label = Math.floor(random() * 50);
    for (let j = 0; j < 20; j++) x[j] = centres[label][j] + (random() + random() + random() - 1.5) * 1.2;
    return label;
  });
}

/** 200 columns of which each row fills about ten; a dozen of them matter. */
export function writeSparse(folder, rows) {
  const random = seeded("200 sparse columns");
  meta(folder, { columns: 200 });
  writeRows(folder, 200, { train: rows, test: rows / 5 }, (x) => {
    let score = -0.3;
    for (let place = 0; place < 10; place++) {
      const column = Math.floor(200 * random() ** 2);
      x[column] = 1 + Math.floor(random() * 5);
      if (column % 16 === 0) score += (column % 32 === 0 ? 0.3 : -0.3) * x[column];
    }
    return random() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
  });
}

/** Flights, the last month as test: minute of day, weekday, distance, positions, and the airports as codes, which are categories where `native`. Every `step`-th flight. */
export async function writeFlights(folder, native, step) {
  const query = readFileSync(new URL("../../examples/flight-delays/flights.sql", import.meta.url), "utf8");
  const frame = await readQuery(query, { flights: "npm:vega-datasets/data/flights-3m.parquet", airports: "npm:vega-datasets/data/airports.csv" }, HOME);
  const numbers = ["distance", "origin_lat", "origin_lon", "destination_lat", "destination_lon"].map((name) => frame.column(name).values);
  const [dates, late] = ["date", "late"].map((name) => frame.column(name).values);
  const airports = ["origin", "destination"].map((name) => frame.column(name));
  const last = dates.reduce((most, date) => (date > most ? date : most), dates[0]);
  const end = new Date(Number(last));
  end.setUTCMonth(end.getUTCMonth() - 1);
  const border = BigInt(end.getTime());
  meta(folder, { columns: 9, categorical: native ? [7, 8] : [], categories: native ? airports.map(({ dictionary }) => dictionary.length) : [] });
  const rows = { train: [], test: [] };
  for (let row = 0; row < frame.length; row += step) rows[dates[row] > border ? "test" : "train"].push(row);
  for (const [part, list] of Object.entries(rows)) {
    const x = new Float32Array(list.length * 9);
    list.forEach((row, at) => {
      const minute = Math.floor(Number(dates[row]) / 60_000);
      x.set([minute % 1440, Math.floor(minute / 1440) % 7, ...numbers.map((values) => Number(values[row])), ...airports.map(({ codes }) => codes[row])], 9 * at);
    });
    writeFileSync(join(folder, `${part}.x.f32`), x);
    writeFileSync(join(folder, `${part}.y.f32`), Float32Array.from(list, (row) => Number(late[row])));
  }
}
