import { MillraceError, type Problem } from "@millrace/core";

/** Throws METRIC_PROBLEM unless the metric can judge this kind of problem. */
export function requireProblem<K extends Problem["kind"]>(metric: string, problem: Problem, kinds: readonly K[]): asserts problem is Extract<Problem, { readonly kind: K }> {
  if ((kinds as readonly string[]).includes(problem.kind)) return;
  throw new MillraceError({
    code: "METRIC_PROBLEM",
    message: `The metric "${metric}" judges ${kinds.join(" and ")} problems; this one is ${problem.kind}.`,
    mend: problem.kind === "regression" ? "Use rmse, mae, mse, mape, r2 or pinball for a numeric target." : "Use a metric for classes, such as log-loss or accuracy, or set `columns.task`.",
    facts: { metric, problem: problem.kind },
  });
}
