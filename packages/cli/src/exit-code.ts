import { MillraceError } from "@millrace/core/plugin";
import { EXIT } from "./exit.js";

export { EXIT };

/** Codes whose area says it: by prefix, the first that fits. */
export const EXIT_BY_PREFIX: readonly (readonly [string, number])[] = [
  ["RUN_INTERRUPTED", EXIT.interrupted],
  ["USAGE_", EXIT.usage],
  ["INIT_", EXIT.usage],
  ["CONFIG_", EXIT.usage],
  // What a create() ran into need not be of the config: a server that does not answer, a library that is not there.
  ["PLUGIN_CREATE", EXIT.failed],
  ["PLUGIN_FAILED", EXIT.failed],
  ["PLUGIN_", EXIT.usage],
  ["HOOK_UNKNOWN_BEFORE", EXIT.usage],
  ["PLAN_", EXIT.usage],
  ["MODEL_UNKNOWN", EXIT.usage],
  ["MODEL_NOT_FOUND", EXIT.usage],
  ["MODEL_REF", EXIT.usage],
  ["ALIAS_NOT_FOUND", EXIT.usage],
  ["ALIAS_NO_PREVIOUS", EXIT.usage],
  ["MODEL_GATES_FAILED", EXIT.gate],
  // A column that the data does not have is one mistake, wherever the config names it.
  ["FEATURE_NO_COLUMN", EXIT.data],
  ["FEATURE_", EXIT.usage],
  ["AFTER_", EXIT.usage],
  ["COMPARE_", EXIT.usage],
  ["TRAIN_", EXIT.usage],
  ["LINEAR_", EXIT.usage],
  ["TREES_MEMORY", EXIT.failed],
  ["TREES_THREAD", EXIT.failed],
  ["TREES_", EXIT.usage],
  ["EVALUATE_", EXIT.usage],
  ["METRIC_OPTION", EXIT.usage],
  ["METRIC_PROBLEM", EXIT.usage],
  ["METRIC_", EXIT.data],
  ["GRAPH_BORDER", EXIT.data],
  ["SOURCE_PARAMETER", EXIT.usage],
  ["CHECK_", EXIT.data],
  ["DATA_", EXIT.data],
  ["FRAME_", EXIT.data],
  ["SOURCE_", EXIT.data],
  ["SPLIT_", EXIT.data],
  ["TRANSFORM_", EXIT.data],
];

/** Errors that only carry another. A task out of time has an interruption as its cause too, but has failed by itself. */
const CARRIERS: ReadonlySet<string> = new Set(["HOOK_FAILED"]);

/** The exit code of an error; the cause's, where a hook only carries it. */
export function exitCodeOf(error: unknown): number {
  if (!MillraceError.is(error)) return EXIT.failed;
  if (CARRIERS.has(error.code)) return exitCodeOf(error.cause);
  return EXIT_BY_PREFIX.find(([prefix]) => error.code.startsWith(prefix))?.[1] ?? EXIT.failed;
}
