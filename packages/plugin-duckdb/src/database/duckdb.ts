import { createRequire } from "node:module";

/** The version of DuckDB's binding: in the digest of every partition, because another version may read the same bytes otherwise. */
export const DUCKDB_VERSION: string = (createRequire(import.meta.url)("@duckdb/node-api/package.json") as { version: string }).version;

/** The natives (70 MB) load here, on first use, so that a plan which only asks for partitions never pays for them. */
export function loadDuckDB(): Promise<typeof import("@duckdb/node-api")> {
  return import("@duckdb/node-api");
}
