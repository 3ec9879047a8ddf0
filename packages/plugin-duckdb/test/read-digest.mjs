// Reads a query in a process of its own and prints what came out: `node read-digest.mjs <home> <options as JSON>`.
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import plugin from "@millrace/plugin-duckdb";

const [home, options] = process.argv.slice(2);
const extension = plugin().extensions.find(({ kind, name }) => kind === "source" && name === "sql");
const source = await extension.create(extension.options.parse(JSON.parse(options)), { folder: import.meta.dirname, home, limits: { threads: 2, memoryBytes: 2 ** 30 }, log: console });
const [partition] = await source.partitions();
const isLoaded = Object.keys(createRequire(import.meta.url).cache).some((path) => /node-api[\\/]lib[\\/]/.test(path));
const sha256 = createHash("sha256");
let rows = 0;
for await (const batch of source.read({ partition, columns: null, asOf: null, keys: null }, new AbortController().signal)) {
  rows += batch.length;
  for (const { name } of batch.fields) {
    const column = batch.column(name);
    const values = column.codes ?? column.values;
    sha256.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    if (column.validity) sha256.update(column.validity);
    if (column.dictionary) sha256.update(JSON.stringify(column.dictionary));
  }
}
console.log(JSON.stringify({ partition: partition.digest, isLoaded, rows, content: sha256.digest("hex"), megabytes: Math.round(process.resourceUsage().maxRSS / 1024) }));
