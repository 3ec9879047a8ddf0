import type { PluginContext, Sink } from "@millrace/core";
import type { ParquetSinkOptions } from "./parquet-sink.options.js";
import { fileSink } from "./sinks/file-sink.js";
import { writeParquet } from "./sinks/write-parquet.js";

/** Parquet, typed as the columns are: missing values are null, times TIMESTAMP in UTC, vectors fixed-length lists. */
export function parquetSink({ path, compression }: ParquetSinkOptions, context: PluginContext): Sink {
  return fileSink(
    {
      extension: ".parquet",
      names: (file) => /\.(parquet|pq)$/i.test(file),
      write: (draft, _name, batches, signal) => writeParquet(draft, batches, compression, context, signal),
    },
    path,
    context,
  );
}
