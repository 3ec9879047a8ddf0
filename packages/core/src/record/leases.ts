import type { Store } from "../contracts/store.js";
import { MillraceError } from "../errors/millrace-error.js";
import { commitUnlessMoved } from "./commit-unless-moved.js";

/** A lease that is held; `revision` is what makes a renewal by a late holder fail. */
export interface Lease {
  readonly id: string;
  readonly holder: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly revision: number;
}

/**
 * Takes a lease that is free, expired or the holder's own, by compare-and-set; null where another holds it or was faster.
 * `now` in epoch milliseconds. A holder must stop what it does at `expiresAt`, whatever it knows of the others.
 */
export async function acquireLease(store: Store, id: string, holder: string, ttlMs: number, now: number): Promise<Lease | null> {
  const current = await store.get("lease", id);
  if (current !== null && current.value.holder !== holder && current.value.expiresAt > now) return null;
  return write(store, id, current?.revision ?? null, holder, now + ttlMs);
}

/** Throws LEASE_LOST where the lease has passed to another. */
export async function renewLease(store: Store, lease: Lease, ttlMs: number, now: number): Promise<Lease> {
  const renewed = await write(store, lease.id, lease.revision, lease.holder, now + ttlMs);
  if (renewed !== null) return renewed;
  throw new MillraceError({
    code: "LEASE_LOST",
    message: `The lease "${lease.id}" is no longer held by "${lease.holder}".`,
    mend: "Stop what the lease protected, and acquire it again.",
    facts: { id: lease.id, holder: lease.holder },
  });
}

/** Gives the lease back; nothing where it has passed to another. */
export async function releaseLease(store: Store, lease: Lease): Promise<void> {
  await commitUnlessMoved(store, [{ entity: "lease", id: lease.id, expect: lease.revision, value: null }]);
}

async function write(store: Store, id: string, expect: number | null, holder: string, expiresAt: number): Promise<Lease | null> {
  if (!(await commitUnlessMoved(store, [{ entity: "lease", id, expect, value: { holder, expiresAt } }]))) return null;
  if (expect !== null) return { id, holder, expiresAt, revision: expect + 1 };
  // Revisions go on across a removal, so only the store knows the first one.
  const written = await store.get("lease", id);
  return written !== null && written.value.holder === holder && written.value.expiresAt === expiresAt ? { id, holder, expiresAt, revision: written.revision } : null;
}
