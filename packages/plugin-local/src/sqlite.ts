import { resolve } from "node:path";
import type { Entities, Entity, Out, PluginContext, Query, Store, Stored } from "@millrace/core/plugin";
import { commit } from "./sqlite-commit.js";
import { close, connect, retryBusy } from "./sqlite-connection.js";
import { findSql } from "./sqlite-find.js";
import type { sqliteOptions } from "./sqlite.options.js";
import { watch } from "./sqlite-watch.js";

const BUSY_MS = 5_000;

interface Row {
  readonly id: string;
  readonly revision: number;
  readonly value: string | null;
}

/**
 * Records in one SQLite file, shared by any number of processes of one machine: WAL, so that readers never wait, and
 * `synchronous = normal`, so that a commit is there after a crash of the process, and after power loss the store is consistent.
 */
export async function sqlite(options: Out<typeof sqliteOptions>, context: Pick<PluginContext, "folder" | "home">): Promise<Store> {
  const path = options.path === undefined ? resolve(context.home, "store.sqlite") : resolve(context.folder, options.path);
  const connection = await connect(path, BUSY_MS);
  const closing = new AbortController();
  const wakers = new Set<() => void>();
  return {
    async get<K extends Entity>(entity: K, id: string) {
      const row = await retryBusy(path, () => connection.statement("select id, revision, value from record where entity = ? and id = ?").get(entity, id) as Row | undefined);
      return row === undefined ? null : stored<Entities[K]>(row);
    },
    async find<K extends Entity>(entity: K, query: Query<Entities[K]>) {
      const { text, values } = findSql(entity, query as Query<Record<string, string>>);
      const rows = await retryBusy(path, () => connection.statement(text).all(...values) as Row[]);
      return rows.map((row) => stored<Entities[K]>(row)!);
    },
    async commit(changes) {
      await commit(connection, changes);
      for (const wake of wakers) wake();
    },
    watch: (entities, signal) => watch(connection, entities, AbortSignal.any([signal, closing.signal]), options.watchInterval, wakers),
    async [Symbol.asyncDispose]() {
      closing.abort();
      close(connection);
    },
  };
}

function stored<T>({ id, revision, value }: Row): Stored<T> | null {
  return value === null ? null : { id, revision, value: JSON.parse(value) as T };
}
