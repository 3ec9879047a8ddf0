import type { LeaseRecord } from "../contracts/entities.js";
import type { Store } from "../contracts/store.js";
import { acquireLease, releaseLease, renewLease } from "../record/leases.js";
import { hasEnded, processName } from "../record/process-name.js";

/** Takes a lease for this process and renews it, as long as the process lives, until it is disposed of; null where another holds it. */
export async function holdLease(store: Store, id: string, ttlMs: number): Promise<AsyncDisposable | null> {
  await releaseEnded(store, id);
  let lease = await acquireLease(store, id, processName(), ttlMs, Date.now());
  if (lease === null) return null;
  let renewal: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    renewal = renewal.then(async () => {
      lease = lease === null ? null : await renewLease(store, lease, ttlMs, Date.now()).catch(() => null);
    });
  }, ttlMs / 6);
  timer.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await renewal;
      // One that cannot be given back, as where the disk is full, ends with its process.
      if (lease !== null) await releaseLease(store, lease).catch(() => {});
    },
  };
}

/** Whether what holds a lease may still be at work. A process that was killed is known at once where it ran here, elsewhere when its lease has run out. */
export function isHeld({ holder, expiresAt }: LeaseRecord, now: number): boolean {
  return expiresAt > now && !hasEnded(holder);
}

async function releaseEnded(store: Store, id: string): Promise<void> {
  const found = await store.get("lease", id);
  if (found !== null && !isHeld(found.value, Date.now())) await releaseLease(store, { id, ...found.value, revision: found.revision });
}
