import type { Executor, Out, PluginContext } from "@millrace/core";
import type { inProcessOptions } from "./in-process.options.js";
import { inSlots } from "./in-slots.js";

/** Runs tasks in this process, `slots` at once; the others wait in order. A task that runs ends by itself: interruption is cooperative. */
export function inProcess(options: Out<typeof inProcessOptions>, context: Pick<PluginContext, "runTask">): Executor {
  return inSlots(options.slots, (task, watch) => context.runTask(task, watch));
}
