import type { Change, Store } from "../contracts/store.js";
import { MillraceError } from "../errors/millrace-error.js";

/** Commits, and says whether it did: false where a record has moved since it was read, for whoever reads again or lets the other have it. Throws what else the store throws. */
export async function commitUnlessMoved(store: Store, changes: readonly Change[]): Promise<boolean> {
  try {
    await store.commit(changes);
    return true;
  } catch (error) {
    if (!MillraceError.is(error, "STORE_CONFLICT")) throw error;
    return false;
  }
}
