import { digestOfJson, MillraceError, type PluginContext, type Source } from "@millrace/core/plugin";
import { DUCKDB_VERSION, loadDuckDB } from "./database/duckdb.js";
import { explainFailure } from "./database/failure.js";
import { type Database, openDatabase } from "./database/open.js";
import { quoteName } from "./database/quote.js";
import { digestFile } from "./files/digest.js";
import { locateFiles, type LocatedFile } from "./files/locate.js";
import { chooseFormat } from "./formats/choose-format.js";
import type { FileFormat } from "./formats/file-format.js";
import { selectFile } from "./formats/select-file.js";
import { checkParameters, parseQuery } from "./query/parameters.js";
import { refuseUnrepeatable } from "./query/repeatable.js";
import { loadReading } from "./reading/load-reading.js";
import type { SqlOptions } from "./sql.options.js";

const PARTITION = "query";

/** For the fields of a query that reads `:asOf`: the time that leaves out no row. */
const END_OF_TIME = new Date("9999-12-31T00:00:00.000Z");

interface Table {
  readonly name: string;
  readonly format: FileFormat;
  readonly files: readonly LocatedFile[];
}

/** One SELECT over files: one partition, whose digest covers the query, the files' bytes and options, and DuckDB's version. */
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
      const tables = await locateTables();
      const database = await openWith(tables, context);
      try {
        const query = parsed.bind(END_OF_TIME, null);
        await prepareViews(database, tables, query);
        const { layoutOf } = await loadReading();
        return (await layoutOf(database.connection, query)).map(({ field }) => field);
      } catch (error) {
        throw explainFailure(error, { files: filesOf(tables), tables: tables.map(({ name }) => name) });
      } finally {
        database.close();
      }
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
      const tables = await locateTables();
      const database = await openWith(tables, context, signal);
      try {
        const query = parsed.bind(request.asOf, request.keys);
        await prepareViews(database, tables, query);
        const { choose, layoutOf, project, streamBatches } = await loadReading();
        const layouts = await layoutOf(database.connection, query);
        const wanted = choose(layouts, request.columns);
        yield* streamBatches(database, project(query, layouts, wanted), wanted, signal);
      } catch (error) {
        signal.throwIfAborted();
        throw explainFailure(error, { files: filesOf(tables), tables: tables.map(({ name }) => name) });
      } finally {
        database.close();
      }
    },
  };
}

function noPartition(id: string): MillraceError {
  return new MillraceError({ code: "SOURCE_NO_PARTITION", message: `The source "sql" has no partition "${id}".`, mend: `Read its only one, "${PARTITION}".`, facts: { partition: id } });
}

function filesOf(tables: readonly Table[]): readonly LocatedFile[] {
  return tables.flatMap(({ files }) => files);
}

function openWith(tables: readonly Table[], context: PluginContext, signal: AbortSignal | null = null): Promise<Database> {
  return openDatabase(context, filesOf(tables).map(({ path }) => path), signal);
}

/** A view per name (several files: one behind the other, columns by name), and a query that only reads. */
async function prepareViews(database: Database, tables: readonly Table[], query: string): Promise<void> {
  for (const { name, format, files } of tables) {
    const selects: string[] = [];
    for (const file of files) selects.push(`(${await selectFile(database, file, format)})`);
    await database.connection.run(`CREATE VIEW ${quoteName(name)} AS ${selects.join(" UNION ALL BY NAME ")}`);
  }
  const { StatementType } = await loadDuckDB();
  const statements = await database.connection.extractStatements(query);
  const statement = statements.count === 1 ? await statements.prepare(0) : null;
  const isSelect = statement?.statementType === StatementType.SELECT;
  statement?.destroySync();
  if (isSelect) return refuseUnrepeatable(database, query);
  throw new MillraceError({
    code: "SOURCE_SQL",
    message: statements.count > 1 ? `The query has ${statements.count} statements.` : "The query is not a SELECT.",
    mend: "Write one SELECT; use WITH for what comes before it.",
  });
}
