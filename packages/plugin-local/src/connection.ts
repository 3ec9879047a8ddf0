import type { DatabaseSync, StatementSyncInstance } from "@photostructure/sqlite";

/** An open file of records. */
export interface Connection {
  readonly path: string;
  readonly database: InstanceType<typeof DatabaseSync>;
  /** A prepared statement, kept for the next call with the same text. */
  statement(text: string): StatementSyncInstance;
}
