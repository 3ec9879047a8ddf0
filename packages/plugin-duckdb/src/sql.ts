import { digestOfJson, MillraceError, type PluginContext, type Source } from "@millrace/core/plugin";
import { DUCKDB_VERSION } from "./database/duckdb.js";
import { digestFile } from "./files/digest.js";
import { locateFiles } from "./files/locate.js";
import { chooseFormat } from "./formats/choose-format.js";
import { checkParameters, parseQuery } from "./query/parameters.js";
import type { Table } from "./reading/tables.js";
import type { SqlOptions } from "./sql.options.js";

const PARTITION = "query";

/** For the fields of a query that reads `:asOf`: the time that leaves out no row. */
const END_OF_TIME = new Date("9999-12-31T00:00:00.000Z");

/** One SELECT over files: one partition, whose digest covers the query, the files' bytes and options, and DuckDB's version. A plan asks for no more than that: what reads rows loads with the first read. */
export function sql(options: SqlOptions, context: PluginContext): Source {
  const parsed = parseQuery(options.query);
  const locateTables = (): Promise<readonly Table[]> =>
    Promise.all(
      Object.entries(options.files).map(async ([name, given]) => {
        const { path, format, types, csv } = typeof given === "string" ? { path: given, format: undefined, types: {}, csv: undefined } : given;
        const files = await locateFiles(path, context.folder);
        return { name, format: chooseFormat(files[0]!, format, types, csv), files };
      }),
    );

  return {
    async fields() {
      const { fieldsOfQuery } = await import("./reading/tables.js");
      return fieldsOfQuery(await locateTables(), parsed.bind(END_OF_TIME, null), context);
    },
    async partitions() {
      const digested = (await locateTables()).map(async ({ name, format, files }) => {
        const content = await Promise.all(files.map(({ path }) => digestFile(path)));
        return [name, { format: format.name, options: format.keyed, content }] as const;
      });
      return [{ id: PARTITION, digest: digestOfJson({ query: parsed.text, files: Object.fromEntries(await Promise.all(digested)), duckdb: DUCKDB_VERSION }) }];
    },
    async *read(request, signal) {
      checkParameters(parsed.parameters, request.asOf, request.keys);
      signal.throwIfAborted();
      if (request.partition.id !== PARTITION) throw noPartition(request.partition.id);
      const { rowsOfQuery } = await import("./reading/tables.js");
      yield* rowsOfQuery(await locateTables(), parsed.bind(request.asOf, request.keys), request.columns, signal, context);
    },
  };
}

function noPartition(id: string): MillraceError {
  return new MillraceError({ code: "SOURCE_NO_PARTITION", message: `The source "sql" has no partition "${id}".`, mend: `Read its only one, "${PARTITION}".`, facts: { partition: id } });
}
