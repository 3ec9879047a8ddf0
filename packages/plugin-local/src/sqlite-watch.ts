import { MillraceError, type Change, type Entity } from "@millrace/core/plugin";
import type { Connection } from "./connection.js";
import { retryBusy } from "./sqlite-connection.js";

const PAGE = 500;

interface Row {
  readonly sequence: number;
  readonly entity: Entity;
  readonly id: string;
  readonly expect: number | null;
  readonly value: string | null;
}

/** Changes behind the newest one of now, read from the log at every interval, and at once when one of `wakers` is called. */
export function watch(connection: Connection, entities: readonly Entity[], signal: AbortSignal, intervalMs: number, wakers: Set<() => void>): AsyncIterable<Change> {
  const newest = (connection.statement("select max(sequence) as sequence from change").get() as { sequence: number | null }).sequence ?? 0;
  return follow(connection, newest, entities, signal, () => nextLook(intervalMs, signal, wakers));
}

async function* follow(connection: Connection, start: number, entities: readonly Entity[], signal: AbortSignal, pause: () => Promise<void>): AsyncGenerator<Change, void, undefined> {
  let seen = start;
  while (!signal.aborted) {
    const rows = await retryBusy(connection.path, () => connection.statement(`select * from change where sequence > ? order by sequence limit ${PAGE}`).all(seen) as Row[]);
    // Numbers have no gaps: where the next one is missing, the log has let it go.
    if (rows.length > 0 && rows[0]!.sequence !== seen + 1) throw lagged(rows[0]!.sequence - seen - 1);
    for (const row of rows) {
      if (signal.aborted) return;
      seen = row.sequence;
      if (entities.includes(row.entity)) yield toChange(row);
    }
    if (rows.length < PAGE) await pause();
  }
}

function toChange({ entity, id, expect, value }: Row): Change {
  return { entity, id, expect, value: value === null ? null : (JSON.parse(value) as never) };
}

function nextLook(intervalMs: number, signal: AbortSignal, wakers: Set<() => void>): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      wakers.delete(done);
      resolve();
    };
    const timer = setTimeout(done, intervalMs);
    if (signal.aborted) return done();
    signal.addEventListener("abort", done);
    wakers.add(done);
  });
}

function lagged(lost: number): MillraceError {
  return new MillraceError({
    code: "STORE_WATCH_LAGGED",
    message: `A watcher fell so far behind that the store let ${lost} changes go.`,
    mend: "Read the records anew, and watch again.",
    facts: { lost },
  });
}
