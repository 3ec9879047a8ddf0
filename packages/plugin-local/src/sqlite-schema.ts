import type { Kysely, Migration } from "kysely";

/** What `PRAGMA user_version` holds when every migration below has run. */
export const SCHEMA_VERSION = 1;

/**
 * Members that queries name, by entity: each list becomes one partial index, so that a find reads only what it returns. The entity
 * leads it all the same: without it the planner prefers the primary key for a query that has an order and no equality.
 */
const INDEXES: readonly (readonly [entity: string, ...members: string[]])[] = [
  ["run", "project", "startedAt"],
  ["run", "startedAt"],
  ["run", "status"],
  ["task", "task", "finishedAt"],
  ["task", "run"],
  ["task", "step"],
  ["model", "model", "version"],
  ["alias", "model", "alias"],
  ["aliasChange", "model", "alias", "sequence"],
];

/** `json_extract` as the indexes and the queries write it: SQLite uses an expression index only for the same text. */
export function memberSql(member: string): string {
  return `json_extract(value, '$.${member}')`;
}

/**
 * `record`: one row per id; a removed one stays with a null value, so that its revisions go on.
 * `change`: what watchers read, in commit order; old rows are let go.
 */
export async function migrations(): Promise<Record<string, Migration>> {
  const { sql } = await import("kysely");
  return {
    "0001-records": {
      async up(db: Kysely<unknown>): Promise<void> {
        await db.schema
          .createTable("record")
          .addColumn("entity", "text", (column) => column.notNull())
          .addColumn("id", "text", (column) => column.notNull())
          .addColumn("revision", "integer", (column) => column.notNull())
          .addColumn("value", "text")
          .addPrimaryKeyConstraint("record_key", ["entity", "id"])
          .execute();
        await db.schema
          .createTable("change")
          .addColumn("sequence", "integer", (column) => column.primaryKey())
          .addColumn("entity", "text", (column) => column.notNull())
          .addColumn("id", "text", (column) => column.notNull())
          .addColumn("expect", "integer")
          .addColumn("value", "text")
          .execute();
        for (const [entity, ...members] of INDEXES) {
          const columns = ["entity", ...members.map(memberSql), "id"].join(", ");
          await sql.raw(`create index ${["record", entity, ...members].join("_")} on record (${columns}) where entity = '${entity}'`).execute(db);
        }
      },
    },
  };
}
