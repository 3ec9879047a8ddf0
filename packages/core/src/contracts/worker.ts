import type { Json } from "./json.js";
import type { Log, PluginContext } from "./plugin.js";
import type { Limits } from "./step.js";

export interface WorkerContext {
  /** As the reference to the project has it. */
  readonly project: Json;
  /** This worker's share of the budget. */
  readonly limits: Limits;
  readonly log: Log;
}

/** A project as a worker has it: it does tasks, and nothing else; no store is opened and no hook is called. */
export type Worker = Pick<PluginContext, "runTask">;

/** What the module of a project's reference exports as `openWorker`. */
export type OpenWorker = (context: WorkerContext) => Promise<Worker>;
