import { digestOfJson, MillraceError, type PluginContext, type Source } from "@millrace/core";
import { DUCKDB_VERSION } from "./database/duckdb.js";
import { explainFailure } from "./database/failure.js";
import { type Database, openDatabase } from "./database/open.js";
import { quoteName } from "./database/quote.js";
import { digestFile } from "./files/digest.js";
import { locateFiles, type LocatedFile } from "./files/locate.js";
import { type FormatName, formatOf, scanOf } from "./formats.js";
import { checkParameters, parseQuery } from "./query/parameters.js";
import { streamBatches } from "./reading/batches.js";
import { choose, layoutOf, project } from "./reading/query.js";
import type { SqlOptions } from "./sql.options.js";

interface NamedFiles {
  readonly name: string;
  readonly format: FormatName;
  readonly files: readonly LocatedFile[];
}

/** One SELECT over files: one partition, whose digest covers the query, the files' bytes and DuckDB's version. */
export function sql(options: SqlOptions, context: PluginContext): Source {
  const parsed = parseQuery(options.query);
  const locateAll = (): Promise<readonly NamedFiles[]> =>
    Promise.all(
      Object.entries(options.files).map(async ([name, given]) => {
        const { path, format } = typeof given === "string" ? { path: given, format: undefined } : given;
        const files = await locateFiles(path, context.folder);
        return { name, format: format ?? formatOf(files[0]!), files };
      }),
    );

  async function* withViews<T>(body: (database: Database) => AsyncIterable<T>): AsyncIterable<T> {
    const tables = await locateAll();
    const files = tables.flatMap((table) => table.files);
    const database = await openDatabase(context, files.map(({ path }) => path));
    try {
      for (const table of tables) await createView(database, table);
      await refuseOtherStatements(database, parsed.bind(null, null));
      yield* body(database);
    } catch (error) {
      throw explainFailure(error, files, parsed.text);
    } finally {
      database.close();
    }
  }

  return {
    async fields() {
      for await (const layouts of withViews(async function* (database) {
        yield await layoutOf(database.connection, parsed.bind(null, null));
      }))
        return layouts.map(({ field }) => field);
      throw new Error("unreachable: the views yield one layout");
    },
    async partitions() {
      const tables = await locateAll();
      const files = Object.fromEntries(await Promise.all(tables.map(async ({ name, format, files }) => [name, { format, digests: await Promise.all(files.map(({ path }) => digestFile(path))) }] as const)));
      return [{ id: "query", digest: digestOfJson({ query: options.query, files, duckdb: DUCKDB_VERSION }) }];
    },
    async *read(request, signal) {
      checkParameters(parsed.parameters, request.asOf, request.keys);
      const query = parsed.bind(request.asOf, request.keys);
      yield* withViews(async function* (database) {
        const layouts = await layoutOf(database.connection, query);
        const wanted = choose(layouts, request.columns);
        yield* streamBatches(database, project(query, layouts, wanted), wanted, signal);
      });
    },
  };
}

async function createView(database: Database, table: NamedFiles): Promise<void> {
  try {
    await database.connection.run(`CREATE VIEW ${quoteName(table.name)} AS SELECT * FROM ${scanOf(table.format, table.files)}`);
  } catch (error) {
    throw explainFailure(error, table.files, null);
  }
}

async function refuseOtherStatements(database: Database, query: string): Promise<void> {
  const { StatementType } = await import("@duckdb/node-api");
  const statements = await database.connection.extractStatements(query);
  const statement = statements.count === 1 ? await statements.prepare(0) : null;
  const isSelect = statement?.statementType === StatementType.SELECT;
  statement?.destroySync();
  if (isSelect) return;
  throw new MillraceError({
    code: "SOURCE_SQL",
    message: statements.count > 1 ? `The query has ${statements.count} statements.` : "The query is not a SELECT.",
    mend: "Write one SELECT; use WITH for what comes before it.",
  });
}
