import type { Store } from "../contracts/store.js";
import type { Remembered } from "../policy/remembered.js";
import { allRecords } from "../record/all-records.js";

/** All that a project's store holds. */
export async function recall(store: Store): Promise<Remembered> {
  return {
    runs: await allRecords(store, "run"),
    tasks: await allRecords(store, "task"),
    checkpoints: await allRecords(store, "checkpoint"),
    models: await allRecords(store, "model"),
    aliases: await allRecords(store, "alias"),
    aliasChanges: await allRecords(store, "aliasChange"),
    leases: await allRecords(store, "lease"),
  };
}
