import { MillraceError, type Executor, type Out, type PluginContext } from "@millrace/core/plugin";
import { inSlots } from "./in-slots.js";
import type { threadsOptions } from "./threads.options.js";
import { threadShare } from "./threads/share.js";
import { startThread, type Thread } from "./threads/thread.js";

/**
 * Runs each task in a thread of its own that has opened the project from its files. All threads start with the first task, so that they are
 * warm when work fans out, and stay so; a run that reuses everything starts none.
 * A thread is never ended while a task runs in it: that would end the process where the task is in native code. Throws LIMIT_MEMORY and EXECUTOR_NO_PROJECT.
 */
export function threads(options: Out<typeof threadsOptions>, context: Pick<PluginContext, "project" | "limits" | "log">): Executor {
  const { project, limits, log } = context;
  if (project === null) throw noProject();
  const count = options.threads ?? limits.threads;
  const share = threadShare(limits, count);
  const start = (): Thread => startThread(project, share, log);
  const idle: Thread[] = [];
  let isWarm = false;
  return inSlots(
    count,
    async (task, watch) => {
      if (!isWarm) idle.push(...Array.from({ length: count }, start));
      isWarm = true;
      const thread = takeAlive(idle) ?? start();
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

/** The thread that has been idle longest, so that all get warm, and that has not ended by itself meanwhile. */
function takeAlive(idle: Thread[]): Thread | undefined {
  for (let thread = idle.shift(); thread !== undefined; thread = idle.shift()) if (thread.isAlive) return thread;
  return undefined;
}

function noProject(): MillraceError {
  return new MillraceError({
    code: "EXECUTOR_NO_PROJECT",
    message: "Threads open the project from its files, and this one has none.",
    mend: 'Run it with the command `millrace`, or set executor to "in-process".',
  });
}
