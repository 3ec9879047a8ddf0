import type { ArtifactStore } from "./artifact-store.js";
import type { Check } from "./check.js";
import type { Command } from "./command.js";
import type { Executor } from "./executor.js";
import type { Metric } from "./metric.js";
import type { Runtime } from "./runtime.js";
import type { Sink } from "./sink.js";
import type { Source } from "./source.js";
import type { Step } from "./step.js";
import type { Store } from "./store.js";
import type { Trainer } from "./trainer.js";
import type { Transform } from "./transform.js";

/** The closed list of what a plugin may bring. The core knows each kind and no implementation. */
export interface Kinds {
  source: Source;
  sink: Sink;
  transform: Transform;
  trainer: Trainer;
  runtime: Runtime;
  metric: Metric;
  check: Check;
  step: Step;
  store: Store;
  artifacts: ArtifactStore;
  executor: Executor;
  command: Command;
}

export type Kind = keyof Kinds;
