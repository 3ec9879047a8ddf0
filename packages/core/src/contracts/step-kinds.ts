import type { Check } from "./check.js";
import type { Metric } from "./metric.js";
import type { Runtime } from "./runtime.js";
import type { Sink } from "./sink.js";
import type { Source } from "./source.js";
import type { Trainer } from "./trainer.js";
import type { Transform } from "./transform.js";

/** The kinds that a step may create. */
export interface StepKinds {
  source: Source;
  sink: Sink;
  transform: Transform;
  trainer: Trainer;
  runtime: Runtime;
  metric: Metric;
  check: Check;
}
