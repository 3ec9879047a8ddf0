import { concat } from "../../packages/core/dist/index.js";
import duckdb from "../../packages/plugin-duckdb/dist/index.js";

/** All rows of a query over files as one frame, by our reader. `folder`: where `npm:` files are resolved from. */
export async function readQuery(query, files, folder) {
  const extension = duckdb().extensions.find(({ name }) => name === "sql");
  const source = await extension.create(extension.options.parse({ query, files }), { folder, home: folder, limits: { threads: 1, memoryBytes: 2 ** 31 }, log: console, runTask: null });
  const [partition] = await source.partitions();
  const batches = [];
  for await (const batch of source.read({ partition, columns: null, asOf: null, keys: null }, new AbortController().signal)) batches.push(batch);
  return concat(batches);
}
