import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { Hooks } from "../contracts/hooks.js";
import type { Store } from "../contracts/store.js";
import { ask } from "../hooks/call.js";
import { withoutMarked } from "../plugin/option-marks.js";
import type { Registry } from "../plugin/registry.js";
import { taskCode } from "../plugin/task-code.js";
import type { PlanFacts } from "../plan/planner.js";
import { cachedRecord, lastRecord } from "../run/cache.js";

/** What the planner asks, answered from registry, store and artifacts. */
export function planFacts(registry: Registry, store: Store, artifacts: ArtifactStore, hooks: Hooks, folder: string): PlanFacts {
  return {
    keyed: (use) => withoutMarked(registry.get(use.kind, use.name).extension.options, use.with, ["secret", "location"]),
    code: (task) => taskCode(registry, task, folder),
    record: (key) => cachedRecord(store, artifacts, key),
    mayReuse: async (task, record) => (await ask(hooks.reuse, () => [task, record])) !== false,
    last: (task) => lastRecord(store, task),
  };
}
