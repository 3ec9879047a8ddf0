import type { Watch } from "../contracts/executor.js";
import type { StepContext } from "../contracts/step.js";
import { requireHeap } from "../errors/require-heap.js";
import { runInterrupted } from "../errors/run-interrupted.js";
import { breather } from "../fold/breathe.js";

/** How a task tells how far it is. */
export interface TaskProgress {
  readonly progress: StepContext["progress"];
  /** Waits for the answer to what was told last. Throws what telling threw. */
  settled(): Promise<void>;
}

/**
 * Tells how far the task named `name` is while it goes on: an answer is waited for when the next event is told, and decides then. So a thread that computes
 * never sleeps until the coordinator, which may be busy, has answered.
 */
export function taskProgress(name: string, watch: Watch): TaskProgress {
  const breathe = breather(watch.signal);
  let answer: ReturnType<Watch["event"]> = Promise.resolve("continue");
  return {
    async progress(share, message) {
      requireHeap(`The task "${name}"`);
      if ((await answer) === "stop") throw runInterrupted(`The task "${name}"`, "stopped");
      answer = watch.event({ kind: "progress", share, message });
      // Who waits for it next is told.
      answer.catch(() => {});
      await breathe();
    },
    async settled() {
      await answer;
    },
  };
}
