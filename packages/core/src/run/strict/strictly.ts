import type { StepContext } from "../../contracts/step.js";
import type { Task } from "../../contracts/task.js";
import type { Blame } from "./blame.js";
import { asData, noting, type Reading } from "./reads.js";
import { undeclared } from "./undeclared.js";
import { watchReads } from "./watching.js";

/** Kinds whose business is data outside of the project: their digests tell what they read. */
const DATA_KINDS: ReadonlySet<string> = new Set(["source", "sink"]);

/** Does a task, and throws STRICT_UNDECLARED where JavaScript code of a plugin read an environment variable or a file that the task's key does not hold. What native code reads is not seen. */
export async function strictly<T>(task: Task, context: StepContext, blame: Blame, work: (context: StepContext) => Promise<T>): Promise<T> {
  using _watch = watchReads();
  const reading: Reading = { blame, found: new Map(), written: new Set(), isData: false };
  const result = await noting(reading, () =>
    work({
      ...context,
      artifacts: asData(context.artifacts),
      async create(kind, use) {
        const made = await context.create(kind, use);
        return DATA_KINDS.has(kind) ? asData(made) : made;
      },
    }),
  );
  if (reading.found.size > 0) throw undeclared(`The task "${task.id}"`, [...reading.found.values()], { task: task.id });
  return result;
}
