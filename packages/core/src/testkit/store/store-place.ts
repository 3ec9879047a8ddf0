import type { Store } from "../../contracts/store.js";

/** An empty place for records; what the checks of a store are run on. */
export interface StorePlace {
  /** Another handle on the same records. */
  open(): Promise<Store>;
  /** Deletes the place, when every handle is closed. */
  remove(): Promise<void>;
  /** How long a watcher may take to tell of a commit. Default 10,000. */
  readonly patienceMs?: number;
}

/** Runs `work` with a handle, and closes it. */
export async function withStore<T>(place: StorePlace, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await place.open();
  try {
    return await work(store);
  } finally {
    await store[Symbol.asyncDispose]();
  }
}
