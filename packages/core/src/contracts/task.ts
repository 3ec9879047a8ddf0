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

/** What a step adds to a plan: a task before anything is known of its inputs' bytes. */
export interface TaskSpec {
  /** `<model>/<name>`, unique in the plan. */
  readonly id: string;
  readonly step: string;
  readonly inputs: Readonly<Record<string, Digest | OutputOf>>;
  /** All that the step reads of the config, defaults filled in; in the key. */
  readonly options: Json;
  /** Extensions that the task creates, by slot (`train`, `features.0`); their plugins' code is in the key, and their options but for those marked secret or location. */
  readonly uses: Readonly<Record<string, Use>>;
  /** Tasks that must have ended before, though no bytes of theirs come in; not in the key. */
  readonly after: readonly string[];
}

/** One node of a plan: pure data. Its inputs are digests where they are known: those of reused tasks are. */
export interface PlannedTask extends TaskSpec {
  /** Digests of the code that the task calls, by plugin; in the key. */
  readonly code: Readonly<Record<string, Digest>>;
  /** The tasks of the plan that it waits for; its inputs name them only as long as their digests are not known. */
  readonly needs: readonly string[];
  /** Null until every input is known. */
  readonly key: Digest | null;
  readonly verdict: Verdict;
  /** One sentence. */
  readonly why: string;
}

/** Bytes that tasks hand to each other and nobody keeps, by name. Threads of one process share them where they lie in a SharedArrayBuffer; elsewhere they travel. */
export type Buffers = Readonly<Record<string, Uint8Array>>;

/** A task whose inputs are known. Plain JSON: it can travel. */
export interface Task {
  readonly id: string;
  readonly step: string;
  readonly key: Digest;
  readonly inputs: Readonly<Record<string, Digest>>;
  readonly options: Json;
  readonly uses: Readonly<Record<string, Use>>;
  /** Digests of the code that the task calls, by plugin: a worker with other code refuses it (WORKER_MISMATCH). */
  readonly code: Readonly<Record<string, Digest>>;
  /** The newest checkpoint of a try that did not end; in no key, since the result is that of a task that nothing disturbed. */
  readonly checkpoint?: Digest;
  /** Of scheduled tasks only, beside the JSON: what they need and no artifact holds. */
  readonly buffers?: Buffers;
}

export interface TaskResult {
  readonly outputs: Readonly<Record<string, Digest>>;
  readonly ledger: Ledger | null;
  /** A few facts to print and to compare. */
  readonly summary: Json;
  /** Of scheduled tasks only, for whoever scheduled them. */
  readonly buffers?: Buffers;
}

/** A DAG in an order in which each task stands behind its inputs. */
export interface Plan {
  readonly tasks: readonly PlannedTask[];
}
