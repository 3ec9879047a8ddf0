import { digestOfJson, type Field, MillraceError, type Partition, type PluginContext, type Source } from "@millrace/core/plugin";
import { DUCKDB_VERSION } from "../database/duckdb.js";
import { explainFailure } from "../database/failure.js";
import { type Database, openDatabase } from "../database/open.js";
import type { FileFormat } from "../formats/file-format.js";
import { contentKey, selectFile, shapeOf } from "../formats/select-file.js";
import { checkParameters } from "../query/parameters.js";
import { loadReading } from "../reading/load-reading.js";
import { digestFile } from "./digest.js";
import { locateFiles, type LocatedFile } from "./locate.js";
import { remembered } from "./remembered.js";
import { sameColumns } from "./same-columns.js";

/** A source of files of one format: one partition per file, by name. All files must have the same columns. */
export function fileSource(format: FileFormat, files: string | readonly string[], context: PluginContext): Source {
  const locate = (): Promise<readonly LocatedFile[]> => locateFiles(files, context.folder);
  const fieldsOf = async (file: LocatedFile): Promise<readonly Field[]> =>
    remembered(`fields ${await contentKey(file, format)}`, () =>
      withFile(format, file, context, async (database, query) => {
        const { layoutOf } = await loadReading();
        return (await layoutOf(database.connection, query)).map(({ field }) => field);
      }),
    );
  const fields = async (): Promise<readonly Field[]> => {
    const described: { file: LocatedFile; fields: readonly Field[] }[] = [];
    for (const file of await locate()) described.push({ file, fields: await fieldsOf(file) });
    return sameColumns(described);
  };

  const fileOf = async (partition: string): Promise<LocatedFile> => {
    const file = (await locate()).find(({ name }) => name === partition);
    if (file === undefined) throw noPartition(partition);
    return file;
  };

  return {
    fields,
    async partitions() {
      const located = await locate();
      return Promise.all(
        located.map(async (file) => ({
          id: file.name,
          digest: digestOfJson({ format: format.name, options: format.keyed, content: await digestFile(file.path), duckdb: DUCKDB_VERSION }),
        })),
      );
    },
    async *read(request, signal) {
      checkParameters(new Set(), request.asOf, request.keys);
      signal.throwIfAborted();
      const file = await fileOf(request.partition.id);
      // In the order of the first file, whatever the order in this one.
      const columns = request.columns ?? (await fields()).map(({ name }) => name);
      const database = await openDatabase(context, [file.path], signal);
      try {
        const query = await selectFile(database, file, format);
        const { choose, layoutOf, project, streamBatches } = await loadReading();
        const layouts = await layoutOf(database.connection, query);
        const wanted = choose(layouts, columns);
        yield* streamBatches(database, project(query, layouts, wanted), wanted, signal);
      } catch (error) {
        signal.throwIfAborted();
        throw explainFailure(error, { files: [file], tables: null });
      } finally {
        database.close();
      }
    },
    ...(format.lines === undefined ? {} : { lines: async ({ id }: Partition, rows: readonly number[]) => linesOf(format, await fileOf(id), context, rows) }),
  };
}

async function linesOf(format: FileFormat, file: LocatedFile, context: PluginContext, rows: readonly number[]): Promise<readonly (number | null)[]> {
  const inspect = async () => {
    const database = await openDatabase(context, [file.path]);
    return format.inspect(database, file).finally(() => database.close());
  };
  return format.lines!(file, await shapeOf(file, format, inspect), rows);
}

/** Opens the file alone, so that nothing else is in reach. */
async function withFile<T>(format: FileFormat, file: LocatedFile, context: PluginContext, body: (database: Database, query: string) => Promise<T>): Promise<T> {
  const database = await openDatabase(context, [file.path]);
  try {
    return await body(database, await selectFile(database, file, format));
  } catch (error) {
    throw explainFailure(error, { files: [file], tables: null });
  } finally {
    database.close();
  }
}

function noPartition(id: string): MillraceError {
  return new MillraceError({ code: "SOURCE_NO_PARTITION", message: `The source has no file "${id}" any more.`, mend: "Run again, so that the files are listed anew.", facts: { partition: id } });
}
