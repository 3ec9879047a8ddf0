import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { Executor } from "../contracts/executor.js";
import type { Hooks } from "../contracts/hooks.js";
import type { Json } from "../contracts/json.js";
import type { Log, PluginContext } from "../contracts/plugin.js";
import type { Store } from "../contracts/store.js";
import type { ResolvedConfig } from "../config/resolved-config.js";
import type { PlanFacts } from "../plan/planner.js";
import type { Registry } from "../plugin/registry.js";
import type { Blame } from "../run/strict/blame.js";

export interface EngineParts {
  /** How workers open the project again. Default: they cannot. */
  readonly worker?: {
    /** URL of the module that exports `openWorker`. */
    readonly module: string;
    /** What that module needs to find the plugins again. */
    readonly files: Json;
  };
  readonly config: ResolvedConfig;
  readonly registry: Registry;
  readonly hooks: Hooks;
  readonly log: Log;
  /** Whether a task fails whose code reads an environment variable or a file that its key does not hold. Default false. */
  readonly isStrict?: boolean;
  /** Whether cards and ONNX files of new versions are laid into the project's folder. Default true. */
  readonly exportsVersions?: boolean;
}

/** What the engine's own functions share. */
export interface Opened extends EngineParts {
  readonly store: Store;
  readonly artifacts: ArtifactStore;
  readonly context: PluginContext;
  readonly facts: PlanFacts;
  readonly blame: Blame | null;
  /** The one that all runs of this engine share, made with the first of them: what it warms stays warm until the engine is closed. */
  executor(): Promise<Executor>;
}
