import type { TaskSpec } from "../contracts/task.js";
import { MillraceError } from "../errors/millrace-error.js";
import { nearest, suggest } from "../errors/nearest.js";

/** The tasks that one waits for, by data or by order. */
export function waitsFor(task: Pick<TaskSpec, "inputs" | "after">): readonly string[] {
  const inputs = Object.values(task.inputs).flatMap((input) => (typeof input === "string" ? [] : [input.task]));
  return [...new Set([...inputs, ...task.after])];
}

/** Tasks in an order in which each stands behind those it waits for; else in the order given. Throws PLAN_UNKNOWN_TASK, PLAN_DUPLICATE, PLAN_CYCLE. */
export function inOrder<T extends Pick<TaskSpec, "id" | "inputs" | "after">>(tasks: readonly T[]): readonly T[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  if (byId.size !== tasks.length) {
    const twice = tasks.find((task, index) => tasks.findIndex(({ id }) => id === task.id) !== index)!;
    throw new MillraceError({ code: "PLAN_DUPLICATE", message: `The plan holds two tasks "${twice.id}".`, mend: "Give each task of a step its own id." });
  }
  const done = new Set<string>();
  const ordered: T[] = [];
  const visit = (task: T, path: readonly string[]): void => {
    if (done.has(task.id)) return;
    if (path.includes(task.id)) throw new MillraceError({ code: "PLAN_CYCLE", message: `Tasks wait for each other: ${[...path, task.id].join(" -> ")}.`, mend: "Remove one of these inputs." });
    for (const id of waitsFor(task)) {
      const needed = byId.get(id);
      if (needed === undefined)
        throw new MillraceError({ code: "PLAN_UNKNOWN_TASK", message: `Task "${task.id}" waits for "${id}", which is not in the plan.`, mend: suggest(id, byId.keys()) });
      visit(needed, [...path, task.id]);
    }
    done.add(task.id);
    ordered.push(task);
  };
  for (const task of tasks) visit(task, []);
  return ordered;
}

/** These tasks and all that they wait for, in order. Throws PLAN_UNKNOWN_TASK. */
export function withNeeds<T extends Pick<TaskSpec, "id" | "inputs" | "after">>(tasks: readonly T[], ids: readonly string[]): readonly T[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const kept = new Set<string>();
  const keep = (id: string): void => {
    if (kept.has(id)) return;
    kept.add(id);
    for (const needed of waitsFor(taskNamed(byId, id))) keep(needed);
  };
  for (const id of ids) keep(id);
  return tasks.filter(({ id }) => kept.has(id));
}

/** The ids of these tasks and of all that waits for them. Throws PLAN_UNKNOWN_TASK. */
export function downstreamOf<T extends Pick<TaskSpec, "id" | "inputs" | "after">>(tasks: readonly T[], ids: readonly string[]): ReadonlySet<string> {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const reached = new Set(ids.map((id) => taskNamed(byId, id).id));
  for (const task of inOrder(tasks)) if (waitsFor(task).some((id) => reached.has(id))) reached.add(task.id);
  return reached;
}

function taskNamed<T>(byId: ReadonlyMap<string, T>, id: string): T {
  const task = byId.get(id);
  if (task === undefined) throw unknownTask(id, [...byId.keys()]);
  return task;
}

/** Of a task that the plan does not have: the nearest of its model's tasks, or the task of each model that a name without one may mean. */
export function unknownTask(id: string, ids: readonly string[]): MillraceError {
  const [model, ...rest] = id.split("/");
  const own = ids.filter((one) => one.startsWith(`${model}/`)).map((one) => one.slice(model!.length + 1));
  const meant = rest.length > 0 ? own : ids.filter((one) => one.endsWith(`/${id}`));
  const near = rest.length > 0 ? nearest(rest.join("/"), own) : null;
  const mend = near !== null ? `Did you mean "${model}/${near}"?` : own.length > 0 ? `Name one of its tasks: ${own.map((task) => `${model}/${task}`).join(", ")}.` : meant.length > 0 ? `Did you mean ${meant.map((one) => `"${one}"`).join(" or ")}?` : suggest(id, ids);
  return new MillraceError({ code: "PLAN_UNKNOWN_TASK", message: `There is no task "${id}" in the plan.`, mend, facts: { id } });
}
