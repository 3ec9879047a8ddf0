import type { Store } from "../contracts/store.js";
import { commitUnlessMoved } from "../record/commit-unless-moved.js";
import { holdLease, isHeld } from "./held-lease.js";

/** A run of another machine whose lease is older than this is dead: a task may block its process for a while, never for minutes. */
const LEASE_MS = 120_000;

/** Says that a run is alive, as long as its process is; dispose of it when the run has ended. A run whose lease was lost, as on a machine that slept, goes on: its line in a list is wrong until its end corrects it, and should a collection have come in between, what it lacks is made again by the next run. */
export async function holdRunLease(store: Store, run: string): Promise<AsyncDisposable> {
  return (await holdLease(store, leaseId(run), LEASE_MS)) ?? { async [Symbol.asyncDispose]() {} };
}

/** Runs that say they are running though their process is gone (killed, or its machine lost power) are interrupted; their finished tasks are there all the same. */
export async function settleDeadRuns(store: Store, now: number): Promise<void> {
  for (const { id, revision, value } of await store.find("run", { where: { status: "running" } })) {
    const lease = await store.get("lease", leaseId(id));
    if (lease !== null && isHeld(lease.value, now)) continue;
    // One that moved has ended, or another process settled it, in this very moment.
    await commitUnlessMoved(store, [{ entity: "run", id, expect: revision, value: { ...value, status: "interrupted", endedAt: new Date(Math.min(now, lease?.value.expiresAt ?? now)).toISOString() } }]);
  }
}

function leaseId(run: string): string {
  return `run/${run}`;
}
