import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "../contracts/store.js";
import { runInterrupted } from "../errors/run-interrupted.js";
import { holdLease, isHeld } from "./held-lease.js";

/** One that was killed on another machine keeps runs waiting no longer. */
const LEASE_MS = 60_000;
const LOOK_MS = 100;
const ID = "gc";

/**
 * Runs and collections exclude each other: each writes its own lease before it looks for the other's, so that of two that begin at once at
 * least one sees the other. Null where another collection is going on.
 */
export function holdCollectionLease(store: Store): Promise<AsyncDisposable | null> {
  return holdLease(store, ID, LEASE_MS);
}

/** Waits until no collection is going on; for a run that holds its lease already. Throws RUN_INTERRUPTED. */
export async function afterCollection(store: Store, signal: AbortSignal): Promise<void> {
  for (;;) {
    const lease = await store.get("lease", ID);
    if (lease === null || !isHeld(lease.value, Date.now())) return;
    await sleep(LOOK_MS, undefined, { signal }).catch(() => {
      throw runInterrupted("The run", signal.reason);
    });
  }
}
