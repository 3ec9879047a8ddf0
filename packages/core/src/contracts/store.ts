import type { Entities } from "./entities.js";

export type Entity = keyof Entities;

/** A record and the revision that a change must name; revisions of one id grow by one from 1. */
export interface Stored<T> {
  readonly id: string;
  readonly revision: number;
  readonly value: T;
}

/** Equality on top-level scalar members, at most one range, one order (ties by id), a page. */
export interface Query<T> {
  readonly where?: { readonly [P in keyof T]?: T[P] & (string | number | boolean | null) };
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
  /** All or nothing; throws STORE_CONFLICT where a revision has moved. */
  commit(changes: readonly Change[]): Promise<void>;
  /** Changes committed from now on, by any process, in commit order; ends when the signal fires. */
  watch(entities: readonly Entity[], signal: AbortSignal): AsyncIterable<Change>;
}
