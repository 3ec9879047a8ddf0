import type { PlannedTask } from "../contracts/task.js";
import { keyParts } from "../plan/key.js";
import { unknownTask } from "../plan/order.js";
import { keyDifferences, type KeyDifference } from "../plan/why.js";
import { lastRecord } from "../run/cache.js";
import type { Opened } from "./opened.js";
import { planConfig } from "./plan-config.js";

/** Why a task would run or be reused now, and in which entries its key differs from the last run's. */
export interface Why {
  readonly task: PlannedTask;
  readonly lastRun: string | null;
  readonly differences: readonly KeyDifference[];
}

/** Throws PLAN_UNKNOWN_TASK. */
export async function whyTask(opened: Opened, id: string): Promise<Why> {
  const { tasks } = await planConfig(opened, {});
  const task = tasks.find((one) => one.id === id);
  if (task === undefined) throw unknownTask(id, tasks.map((one) => one.id));
  const last = await lastRecord(opened.store, id);
  // An input that is not known yet is no difference: the run will tell.
  const parts = keyParts(task, task.code, (use) => opened.facts.keyed(use));
  const differences = last === null ? [] : keyDifferences(last.parts, parts).filter(({ after }) => !(typeof after === "string" && after.includes("#") && tasks.some((one) => after.startsWith(`${one.id}#`))));
  return { task, lastRun: last?.run ?? null, differences };
}
