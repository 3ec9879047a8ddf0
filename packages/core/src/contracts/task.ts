import type { Digest } from "./digest.js";
import type { Ledger } from "./entities.js";
import type { Json } from "./json.js";
import type { Use } from "./resolved.js";

/** An output of another task of the plan. */
export interface OutputOf {
  readonly task: string;
  readonly output: string;
}

export type Verdict = "reuse" | "run" | "run-unless-same";

/** One node of a plan: pure data. */
export interface PlannedTask {
  /** `<model>/<name>`, unique in the plan. */
  readonly id: string;
  readonly step: string;
  /** Digests where they are known: those of reused tasks are. */
  readonly inputs: Readonly<Record<string, Digest | OutputOf>>;
  /** All that the step reads of the config, defaults filled in; in the key. */
  readonly options: Json;
  /** The extensions that it creates, by slot; in the key, but for options marked secret or location. */
  readonly uses: Readonly<Record<string, Use>>;
  /** Tasks that must have ended before; not in the key. */
  readonly after: readonly string[];
  /** Digests of the code that the task calls, by plugin; in the key. */
  readonly code: Readonly<Record<string, Digest>>;
  /** Null until every input is known. */
  readonly key: Digest | null;
  readonly verdict: Verdict;
  /** One sentence. */
  readonly why: string;
}

/** A task whose inputs are known. Plain JSON: it can travel. */
export interface Task {
  readonly id: string;
  readonly step: string;
  readonly key: Digest;
  readonly inputs: Readonly<Record<string, Digest>>;
  readonly options: Json;
  readonly uses: Readonly<Record<string, Use>>;
}

export interface TaskResult {
  readonly outputs: Readonly<Record<string, Digest>>;
  readonly ledger: Ledger | null;
  /** A few facts to print and to compare. */
  readonly summary: Json;
}

/** A DAG in an order in which each task stands behind its inputs. */
export interface Plan {
  readonly tasks: readonly PlannedTask[];
}
