import { defineExtension, definePlugin } from "@millrace/core";
import { sqlOptions } from "./sql.options.js";

/** Sources and file sinks for Parquet, CSV and JSON, and SQL over them, on DuckDB. */
export default () =>
  definePlugin({
    name: "@millrace/plugin-duckdb",
    version: "0.1.0",
    url: import.meta.url,
    extensions: [
      defineExtension("source", { name: "sql", summary: "One SELECT over files, in DuckDB's SQL", options: sqlOptions, create: async (options, context) => (await import("./sql.js")).sql(options, context) }),
    ],
  });
