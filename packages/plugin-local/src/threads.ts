import { MillraceError, type Executor, type Out, type PluginContext } from "@millrace/core";
import { inSlots } from "./in-slots.js";
import type { threadsOptions } from "./threads.options.js";
import { threadShare } from "./threads/share.js";
import { startThread, type Thread } from "./threads/thread.js";

/**
 * Runs each task in a thread of its own that has opened the project from its files. Threads start when they are needed first, and stay warm.
 * A thread is never ended while a task runs in it: that would end the process where the task is in native code. Throws LIMIT_MEMORY and EXECUTOR_NO_PROJECT.
 */
export function threads(options: Out<typeof threadsOptions>, context: Pick<PluginContext, "project" | "limits" | "log">): Executor {
  const { project, limits, log } = context;
  if (project === null) throw noProject();
  const count = options.threads ?? limits.threads;
  const share = threadShare(limits, count);
  const idle: Thread[] = [];
  return inSlots(
    count,
    async (task, watch) => {
      const thread = takeAlive(idle) ?? startThread(project, share, log);
      try {
        return await thread.run(task, watch);
      } finally {
        if (thread.isAlive) idle.push(thread);
      }
    },
    async () => {
      await Promise.all(idle.map((thread) => thread.close()));
    },
  );
}

/** A thread that has not ended by itself while it was idle. */
function takeAlive(idle: Thread[]): Thread | undefined {
  for (let thread = idle.pop(); thread !== undefined; thread = idle.pop()) if (thread.isAlive) return thread;
  return undefined;
}

function noProject(): MillraceError {
  return new MillraceError({
    code: "EXECUTOR_NO_PROJECT",
    message: "Threads open the project from its files, and this one has none.",
    mend: 'Run it with the command `millrace`, or set executor to "in-process".',
  });
}
