import tapable from "tapable";
import type { Hooks } from "../contracts/hooks.js";

const { AsyncParallelHook, AsyncSeriesBailHook, AsyncSeriesWaterfallHook } = tapable;

export type HookName = keyof Hooks;

/** `shaper`: may change the course, its failure fails the run. `observer`: gets read-only values, its failure is logged. */
export const HOOK_ROLES: Readonly<Record<HookName, "shaper" | "observer">> = {
  config: "shaper",
  plan: "shaper",
  reuse: "shaper",
  runStarted: "observer",
  taskStarted: "observer",
  taskEnded: "observer",
  taskFailed: "observer",
  modelRegistered: "observer",
  aliasMoved: "observer",
  runEnded: "observer",
};

/** The bare hooks, in the order in which they fire. Only `create-hooks.ts` uses these: taps of plugins are guarded. */
export function bareHooks(): Hooks {
  return {
    config: new AsyncSeriesWaterfallHook(["config"], "config"),
    plan: new AsyncSeriesWaterfallHook(["plan"], "plan"),
    reuse: new AsyncSeriesBailHook(["task", "record"], "reuse"),
    runStarted: new AsyncParallelHook(["run", "id"], "runStarted"),
    taskStarted: new AsyncParallelHook(["task", "key"], "taskStarted"),
    taskEnded: new AsyncParallelHook(["outcome"], "taskEnded"),
    taskFailed: new AsyncParallelHook(["outcome", "error"], "taskFailed"),
    modelRegistered: new AsyncParallelHook(["version"], "modelRegistered"),
    aliasMoved: new AsyncParallelHook(["change"], "aliasMoved"),
    runEnded: new AsyncParallelHook(["run", "id"], "runEnded"),
  };
}
