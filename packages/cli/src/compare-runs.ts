import type { Json, RunRecord, Store, TaskOutcome } from "@millrace/core";
import { keyDifferences, type KeyDifference } from "@millrace/core/project";

/** One task in two runs; null: it was not in that run. */
export interface ComparedTask {
  readonly task: string;
  readonly left: TaskOutcome | null;
  readonly right: TaskOutcome | null;
  /** Both have the same key, so both stand for the same bytes. */
  readonly isSame: boolean;
  /** Entries of the keys that differ, where both are known. */
  readonly differences: readonly KeyDifference[];
}

async function partsOf(store: Store, task: TaskOutcome | null): Promise<Readonly<Record<string, Json>> | null> {
  if (task === null || task.key === null) return null;
  return (await store.get("task", task.key))?.value.parts ?? null;
}

export async function compareRuns(store: Store, left: RunRecord, right: RunRecord): Promise<readonly ComparedTask[]> {
  const find = ({ tasks }: RunRecord, id: string) => tasks.find(({ task }) => task === id) ?? null;
  const ids = [...new Set([...left.tasks, ...right.tasks].map(({ task }) => task))];
  return Promise.all(
    ids.map(async (task) => {
      const [a, b] = [find(left, task), find(right, task)];
      const isSame = a !== null && b !== null && a.key !== null && a.key === b.key;
      const [before, after] = isSame ? [null, null] : await Promise.all([partsOf(store, a), partsOf(store, b)]);
      return { task, left: a, right: b, isSame, differences: before === null || after === null ? [] : keyDifferences(before, after) };
    }),
  );
}

/** The numbers of a task's summary, by their path. */
export function numbersOf(summary: Json, path = ""): ReadonlyMap<string, number> {
  if (typeof summary === "number") return new Map([[path, summary]]);
  if (typeof summary !== "object" || summary === null) return new Map();
  const members = Object.entries(summary).flatMap(([key, member]) => [...numbersOf(member as Json, path === "" ? key : `${path} ${key}`)]);
  return new Map(members);
}
