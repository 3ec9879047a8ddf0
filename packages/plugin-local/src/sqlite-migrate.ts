import type { DatabaseSync } from "@photostructure/sqlite";
import { Kysely, Migrator, SqliteDialect, type SqliteDatabase } from "kysely";
import { migrations, SCHEMA_VERSION } from "./sqlite-schema.js";
import { userVersion } from "./sqlite-version.js";

type Database = InstanceType<typeof DatabaseSync>;

/**
 * Brings the schema up to date, all or nothing. The write lock is taken first: of two processes that open a new file at once, one
 * migrates while the other waits and finds it done.
 */
export async function migrate(database: Database): Promise<void> {
  database.exec("begin immediate");
  try {
    if (userVersion(database) < SCHEMA_VERSION) {
      const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: asKyselyDatabase(database) }) });
      const { error } = await new Migrator({ db, provider: { getMigrations: migrations } }).migrateToLatest();
      if (error !== undefined) throw error;
      database.exec(`pragma user_version = ${SCHEMA_VERSION}`);
    }
    database.exec("commit");
  } catch (error) {
    if (database.isTransaction) database.exec("rollback");
    throw error;
  }
}

/** Kysely asks for better-sqlite3's shape; only `reader` differs from node:sqlite's. Closing stays with the owner. */
function asKyselyDatabase(database: Database): SqliteDatabase {
  return {
    close: () => {},
    prepare(text) {
      const statement = database.prepare(text);
      return {
        reader: statement.columns().length > 0,
        all: (values) => statement.all(...values),
        run: (values) => statement.run(...values),
        iterate: (values) => statement.iterate(...values),
      };
    },
  };
}
