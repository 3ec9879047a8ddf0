import { MillraceError, suggest, type RunRecord, type Store, type Stored } from "@millrace/core/plugin";

export type StoredRun = Stored<RunRecord>;

export async function newestRuns(store: Store, limit: number): Promise<readonly StoredRun[]> {
  return store.find("run", { order: { member: "startedAt", direction: "descending" }, limit });
}

/** A run by its id, the end of its id, or `last` (undefined too). Throws USAGE_RUN. */
export async function findRun(store: Store, id = "last"): Promise<StoredRun> {
  const exact = id === "last" ? null : await store.get("run", id);
  if (exact !== null) return exact;
  const runs = await newestRuns(store, 1_000);
  const found = id === "last" ? runs.slice(0, 1) : runs.filter((run) => run.id.endsWith(id));
  if (found.length === 1) return found[0]!;
  if (runs.length === 0) throw new MillraceError({ code: "USAGE_RUN", message: "There is no run yet.", mend: "Make one: millrace run" });
  const newest = runs.slice(0, 10).map((run) => run.id);
  throw new MillraceError({
    code: "USAGE_RUN",
    message: found.length > 1 ? `${found.length} runs end in "${id}".` : `There is no run "${id}".`,
    mend: suggest(id, found.length > 1 ? found.map((run) => run.id) : newest),
    facts: { id },
  });
}

/** Two runs to compare: by their ids; `other` is the newest where it is not named, and `one` the run before where it would be the same. Throws USAGE_RUN. */
export async function findTwoRuns(store: Store, one?: string, other?: string): Promise<readonly [StoredRun, StoredRun]> {
  const right = await findRun(store, other);
  const left = await findRun(store, one);
  if (other !== undefined || left.id !== right.id) return [left, right];
  const [, before] = await newestRuns(store, 2);
  if (before === undefined) throw new MillraceError({ code: "USAGE_RUN", message: `There is one run only, ${right.id}.`, mend: "Make another to compare it with: millrace run" });
  return [before, right];
}
