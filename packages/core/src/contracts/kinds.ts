import type { ArtifactStore } from "./artifact-store.js";
import type { Command } from "./command.js";
import type { Executor } from "./executor.js";
import type { StepKinds } from "./step-kinds.js";
import type { Step } from "./step.js";
import type { Store } from "./store.js";

/** What each kind is. The core knows each kind and no implementation. */
export interface Kinds extends StepKinds {
  step: Step;
  store: Store;
  artifacts: ArtifactStore;
  executor: Executor;
  command: Command;
}
