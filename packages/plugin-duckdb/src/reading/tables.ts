import { type Batches, type Field, MillraceError, type PluginContext } from "@millrace/core";
import { loadDuckDB } from "../database/duckdb.js";
import { explainFailure } from "../database/failure.js";
import { type Database, openDatabase } from "../database/open.js";
import { quoteName } from "../database/quote.js";
import type { LocatedFile } from "../files/locate.js";
import type { FileFormat } from "../formats/file-format.js";
import { selectFile } from "../formats/select-file.js";
import { refuseUnrepeatable } from "../query/repeatable.js";
import { streamBatches } from "./batches.js";
import { choose, layoutOf, project } from "./query.js";

/** A name that a query reads, and the files behind it. */
export interface Table {
  readonly name: string;
  readonly format: FileFormat;
  readonly files: readonly LocatedFile[];
}

/** The columns of a query's result. */
export async function fieldsOfQuery(tables: readonly Table[], query: string, context: PluginContext): Promise<readonly Field[]> {
  const database = await openWith(tables, context);
  try {
    await prepareViews(database, tables, query);
    return (await layoutOf(database.connection, query)).map(({ field }) => field);
  } catch (error) {
    throw failureOf(error, tables);
  } finally {
    database.close();
  }
}

/** The rows of a query's result, in its order; `columns` null: all. */
export async function* rowsOfQuery(tables: readonly Table[], query: string, columns: readonly string[] | null, signal: AbortSignal, context: PluginContext): Batches {
  const database = await openWith(tables, context, signal);
  try {
    await prepareViews(database, tables, query);
    const layouts = await layoutOf(database.connection, query);
    const wanted = choose(layouts, columns);
    yield* streamBatches(database, project(query, layouts, wanted), wanted, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw failureOf(error, tables);
  } finally {
    database.close();
  }
}

function failureOf(error: unknown, tables: readonly Table[]): unknown {
  return explainFailure(error, { files: filesOf(tables), tables: tables.map(({ name }) => name) });
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
