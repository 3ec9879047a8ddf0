import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Writes the example's raw rows, as its own query gives them, as one file of numbers per column (texts as codes): what scikit-learn reads. Returns their folder. */
export async function writeColumns({ folder, sample }) {
  const columns = join(folder, "columns");
  await mkdir(columns, { recursive: true });
  const { DuckDBInstance } = await import(createRequire(new URL("../../packages/plugin-duckdb/package.json", import.meta.url)).resolve("@duckdb/node-api"));
  const connection = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
  const data = join(folder, "node_modules", "vega-datasets", "data");
  await connection.run(`CREATE VIEW flights AS SELECT * FROM '${data}/flights-3m.parquet'`);
  await connection.run(`CREATE VIEW airports AS SELECT * FROM '${data}/airports.csv'`);
  const sql = await readFile(join(folder, "flights.sql"), "utf8");
  await connection.run(`CREATE TABLE rows AS SELECT * FROM (${sql}) WHERE late IS NOT NULL ${sample === null ? "" : `USING SAMPLE ${sample} ROWS`}`);
  await connection.run("CREATE TYPE airport AS ENUM (SELECT origin FROM rows UNION SELECT destination FROM rows ORDER BY 1)");
  const numbers = {
    hour: "hour(date)::double", weekday: "isodow(date)::double", late: "late::int::double", distance: "distance::double",
    origin: "enum_code(origin::airport)", destination: "enum_code(destination::airport)",
    origin_lat: "origin_lat", origin_lon: "origin_lon", destination_lat: "destination_lat", destination_lon: "destination_lon",
    // The example's split: the last month is the test part, the one before it validation.
    part: "CASE WHEN date > TIMESTAMP '2001-06-01' THEN 2 WHEN date > TIMESTAMP '2001-05-01' THEN 1 ELSE 0 END",
  };
  for (const [name, expression] of Object.entries(numbers)) {
    const result = await connection.stream(`SELECT coalesce((${expression})::double, 'nan'::double) FROM rows`);
    const chunks = [];
    for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) chunks.push(Buffer.from(Float64Array.from(chunk.getColumnVector(0).items).buffer));
    await writeFile(join(columns, `${name}.f64`), Buffer.concat(chunks));
  }
  connection.closeSync();
  return columns;
}
