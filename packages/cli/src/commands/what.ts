import type { ArgsDef } from "citty";
import type { ListSpec } from "../command-spec.js";

/** What a plan or a run is about. */
export const WHAT_ARGS = {
  models: { type: "positional", required: false, description: "Models of the config. Default: all.", valueHint: "model..." },
  sample: { type: "string", description: "Read at most so many rows. A sample never moves an alias.", valueHint: "rows" },
} as const satisfies ArgsDef;

export const WHAT_LISTS = {
  from: { description: "Run this task and all that waits for it, though nothing changed. May be repeated.", valueHint: "task" },
  only: { description: "Only this task and what it needs. May be repeated.", valueHint: "task" },
} as const satisfies Readonly<Record<string, ListSpec>>;
