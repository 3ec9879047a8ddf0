import { defineExtension, definePlugin } from "@millrace/core/plugin";
import { csvOptions } from "./csv.options.js";
import { csvSinkOptions } from "./csv-sink.options.js";
import { jsonOptions } from "./json.options.js";
import { jsonSinkOptions } from "./json-sink.options.js";
import { parquetOptions } from "./parquet.options.js";
import { parquetSinkOptions } from "./parquet-sink.options.js";
import { sqlOptions } from "./sql.options.js";

/** Sources and file sinks for Parquet, CSV and JSON, and SQL over them, on DuckDB. */
export default () =>
  definePlugin({
    name: "@millrace/plugin-duckdb",
    url: import.meta.url,
    errors: async () => (await import("./error-codes.js")).ERROR_CODES,
    extensions: [
      defineExtension("source", { name: "sql", summary: "One SELECT over files, in DuckDB's SQL", options: sqlOptions, create: async (options, context) => (await import("./sql.js")).sql(options, context) }),
      defineExtension("source", { name: "parquet", summary: "Parquet files", options: parquetOptions, create: async (options, context) => (await import("./parquet.js")).parquet(options, context) }),
      defineExtension("source", { name: "csv", summary: "CSV files", options: csvOptions, create: async (options, context) => (await import("./csv.js")).csv(options, context) }),
      defineExtension("source", { name: "json", summary: "JSON files: an array of objects, or one a line", options: jsonOptions, create: async (options, context) => (await import("./json.js")).json(options, context) }),
      defineExtension("sink", { name: "parquet", summary: "A Parquet file per part", options: parquetSinkOptions, create: async (options, context) => (await import("./parquet-sink.js")).parquetSink(options, context) }),
      defineExtension("sink", { name: "csv", summary: "A CSV file per part", options: csvSinkOptions, create: async (options, context) => (await import("./csv-sink.js")).csvSink(options, context) }),
      defineExtension("sink", { name: "json", summary: "A JSON file per part", options: jsonSinkOptions, create: async (options, context) => (await import("./json-sink.js")).jsonSink(options, context) }),
    ],
  });
