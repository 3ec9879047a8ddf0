import type { Frame } from "./frame.js";

/**
 * All that is learnt from rows. Law: any partition of the rows gives the same result (exactly for counts, extremes and
 * dictionaries, to 1e-12 relative for sums, to a stated bound for sketches).
 * A partial is JSON, typed arrays and maps with string keys, so that it has canonical bytes, a digest, and can travel.
 */
export interface Fold<Result, Partial = any> {
  start(): Partial;
  /** May change and return its first argument; keeps no array of the batch, whose memory the next batch may use. */
  add(partial: Partial, batch: Frame): Partial;
  /** May change and return its first argument; `left` holds the earlier rows. */
  merge(left: Partial, right: Partial): Partial;
  /** Leaves the partial as it was. */
  finish(partial: Partial): Result;
}
