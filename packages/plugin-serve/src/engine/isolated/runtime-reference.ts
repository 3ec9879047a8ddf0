import type { Json, Runtime } from "@millrace/core";

/** How another process makes the same runtime: a module that exports `openRuntime`, and what that module needs. Plain JSON: it can travel. */
export interface RuntimeReference {
  /** A URL. */
  readonly module: string;
  readonly project: Json;
}

export type OpenRuntime = (project: Json) => Promise<Runtime>;
