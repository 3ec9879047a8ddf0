import { type Batches, digestOfJson, type Field, MillraceError, type Partition, type PluginContext, type Source } from "@millrace/core/plugin";
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
    try {
      return sameColumns(described);
    } catch (error) {
      const { column, path } = MillraceError.is(error) ? error.facts : {};
      const file = described.find((one) => one.file.name === path)?.file;
      if (!MillraceError.is(error) || typeof column !== "string" || file === undefined) throw error;
      throw (await withFirstText(error, column, format, file, context)) ?? error;
    }
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
      yield* batchesOf(format, file, columns, context, signal);
    },
    ...(format.lines === undefined ? {} : { lines: async ({ id }: Partition, rows: readonly number[]) => linesOf(format, await fileOf(id), context, rows) }),
  };
}

async function* batchesOf(format: FileFormat, file: LocatedFile, columns: readonly string[], context: PluginContext, signal: AbortSignal): Batches {
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
}

/** The error with the first value that made a column text, and where it stands; null where each text is a number, or there is none. */
async function withFirstText(error: MillraceError, column: string, format: FileFormat, file: LocatedFile, context: PluginContext): Promise<MillraceError | null> {
  let row = 0;
  for await (const frame of batchesOf(format, file, [column], context, new AbortController().signal)) {
    const texts = frame.column(column);
    if (texts.dtype !== "string") return null;
    const isText = texts.dictionary.map((text) => text !== "" && Number.isNaN(Number(text)));
    const at = texts.codes.findIndex((code) => isText[code]!);
    if (at >= 0) {
      const value = texts.dictionary[texts.codes[at]!]!;
      const line = format.lines === undefined ? null : (await linesOf(format, file, context, [row + at]))[0]!;
      const message = `${error.message} In "${file.name}" the first value of "${column}" that is no number is "${value}", in ${line === null ? `row ${row + at + 1}` : `line ${line}`}.`;
      return new MillraceError({ code: error.code, message, mend: orText(error.mend, column), facts: { ...error.facts, line, value } });
    }
    row += frame.length;
  }
  return null;
}

/** The mend of a column that was taken for numbers, and holds a text. */
function orText(mend: string, column: string): string {
  const key = `${JSON.stringify(column)}: `;
  const at = mend.indexOf(key) + key.length;
  return `Mend that value, or d${mend.slice(1, at)}"string"${mend.slice(mend.indexOf('"', at + 1) + 1)}`;
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
