import type { Kind } from "../../contracts/kind.js";
import type { Use } from "../../contracts/resolved.js";
import type { Task } from "../../contracts/task.js";

/** The uses of a task in the slots `<prefix>.0`, `<prefix>.1`, ... in order. */
export function usesOf<K extends Kind>(task: Pick<Task, "uses">, prefix: string): readonly Use<K>[] {
  const found: Use<K>[] = [];
  for (let index = 0; task.uses[`${prefix}.${index}`] !== undefined; index++) found.push(task.uses[`${prefix}.${index}`] as Use<K>);
  return found;
}

/** Uses as slots. */
export function slots(prefix: string, uses: readonly Use[]): Readonly<Record<string, Use>> {
  return Object.fromEntries(uses.map((use, index) => [`${prefix}.${index}`, use]));
}
