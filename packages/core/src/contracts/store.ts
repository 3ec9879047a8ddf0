import type { Entities } from "./entities.js";

export type Entity = keyof Entities;

/** A record and the revision that a change must name; revisions of one id grow by one from 1, also across a removal, so that an old revision never fits a new record. */
export interface Stored<T> {
  readonly id: string;
  readonly revision: number;
  readonly value: T;
}

/**
 * Equality on top-level scalar members (1 is not true), at most one range, one order (null first, then numbers, then text by
 * code point; ties by id, ascending), a page. Throws STORE_QUERY for a member that is no plain name, or a limit or offset that is no whole number.
 */
export interface Query<T> {
  readonly where?: { readonly [P in keyof T]?: T[P] & (string | number | boolean | null) };
  /** Both ends belong to it; members of another type than the ends do not. */
  readonly range?: { readonly member: keyof T & string; readonly from?: string | number; readonly to?: string | number };
  readonly order?: { readonly member: keyof T & string; readonly direction: "ascending" | "descending" };
  /** Default 1,000. */
  readonly limit?: number;
  /** How many to pass over. */
  readonly offset?: number;
}

/** `expect`: the revision that was seen, or null where the record must not exist yet. `value` null removes. */
export type Change = {
  [K in Entity]: { readonly entity: K; readonly id: string; readonly expect: number | null; readonly value: Entities[K] | null };
}[Entity];

/** Records. Opening migrates. Values are JSON; what comes back is deeply equal to what was written. */
export interface Store extends AsyncDisposable {
  get<K extends Entity>(entity: K, id: string): Promise<Stored<Entities[K]> | null>;
  /** Without an order: by id. */
  find<K extends Entity>(entity: K, query: Query<Entities[K]>): Promise<readonly Stored<Entities[K]>[]>;
  /**
   * All or nothing, in order: a later change of one commit sees the earlier ones. Throws STORE_CONFLICT where a revision has moved,
   * STORE_NOT_JSON where a value holds what JSON cannot (undefined, NaN, a Date), STORE_ID
   * where an id is empty or has a control character.
   */
  commit(changes: readonly Change[]): Promise<void>;
  /**
   * Changes committed from this call on, by any process, in commit order; ends when the signal fires. Throws STORE_WATCH_LAGGED
   * where the watcher fell so far behind that changes were let go: read anew, and watch again.
   */
  watch(entities: readonly Entity[], signal: AbortSignal): AsyncIterable<Change>;
}
