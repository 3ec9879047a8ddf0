import type { Digest } from "../contracts/digest.js";
import type { Json } from "../contracts/json.js";
import type { ResolvedModel, Use } from "../contracts/resolved.js";
import type { Origins } from "./origin.js";
import type { ServerConfig } from "./server-schema.js";

export interface ResolvedLimits {
  readonly threads: number;
  readonly memoryBytes: number;
  readonly taskTimeMs: number;
  readonly retries: number;
}

/** What is kept, as the config says it: durations, and a size. */
export interface ResolvedRetention {
  readonly runs: string;
  readonly frames: string;
  readonly artifacts: string;
  readonly keep: readonly string[];
}

/** A config, parsed once: frozen, every default filled in, nothing optional. */
export interface ResolvedConfig {
  readonly project: string;
  /** The folder of the config file: relative paths start here. */
  readonly folder: string;
  /** The project's state: `<folder>/.millrace`. */
  readonly home: string;
  readonly models: readonly ResolvedModel[];
  readonly store: Use<"store">;
  readonly artifacts: Use<"artifacts">;
  readonly executor: Use<"executor">;
  readonly runtime: Use<"runtime">;
  readonly limits: ResolvedLimits;
  /** Secrets are references. */
  readonly server: ServerConfig;
  readonly retention: ResolvedRetention;
  /** The whole as a config file would say it, nothing left out; secrets are references. */
  readonly document: Json;
  /** Where each value of `document` comes from. */
  readonly origins: Origins;
  /** Of `document`, but for secrets, locations, `limits`, `retention` and `server`: the same on every machine. */
  readonly digest: Digest;
}
