import { checkRecordId, jsonText, storeConflict, type Change } from "@millrace/core/plugin";
import type { Connection } from "./connection.js";
import { retryBusy, transaction } from "./sqlite-connection.js";

/** How many changes the log keeps for watchers that are behind, and how often, in changes, it lets old ones go. */
const KEPT_CHANGES = 10_000;
const TRIM_EVERY = 500;

interface Prepared {
  readonly change: Change;
  readonly text: string | null;
}

/** All changes or none. Throws STORE_CONFLICT, STORE_NOT_JSON, STORE_ID. */
export async function commit(connection: Connection, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const prepared = changes.map((change): Prepared => {
    checkRecordId(change.entity, change.id);
    return { change, text: change.value === null ? null : jsonText(change.value, `The ${change.entity} "${change.id}"`) };
  });
  await retryBusy(connection.path, () =>
    transaction(connection, () => {
      let sequence = 0;
      for (const each of prepared) sequence = apply(connection, each);
      trim(connection, sequence, prepared.length);
    }),
  );
}

/** Writes one change and its line in the log; returns the line's number. */
function apply({ statement }: Connection, { change: { entity, id, expect }, text }: Prepared): number {
  const row = statement("select revision, value is null as removed from record where entity = ? and id = ?").get(entity, id) as { revision: number; removed: number } | undefined;
  const found = row === undefined || row.removed === 1 ? null : row.revision;
  if (found !== expect || (expect === null && text === null)) throw storeConflict(entity, id, expect, found);
  statement("insert into record (entity, id, revision, value) values (?, ?, ?, ?) on conflict do update set revision = excluded.revision, value = excluded.value").run(
    entity,
    id,
    (row?.revision ?? 0) + 1,
    text,
  );
  return Number(statement("insert into change (entity, id, expect, value) values (?, ?, ?, ?)").run(entity, id, expect, text).lastInsertRowid);
}

function trim({ statement }: Connection, sequence: number, added: number): void {
  if (Math.floor(sequence / TRIM_EVERY) === Math.floor((sequence - added) / TRIM_EVERY)) return;
  statement("delete from change where sequence <= ?").run(sequence - KEPT_CHANGES);
}
