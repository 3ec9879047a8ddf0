import { MillraceError, type Problem } from "@millrace/core";

/** Throws METRIC_PROBLEM unless the metric can judge this kind of problem. */
export function requireProblem<K extends Problem["kind"]>(metric: string, problem: Problem, kinds: readonly K[]): asserts problem is Extract<Problem, { readonly kind: K }> {
  if ((kinds as readonly string[]).includes(problem.kind)) return;
  throw new MillraceError({
    code: "METRIC_PROBLEM",
    message: `The metric "${metric}" judges ${kinds.join(" and ")} problems; this one is ${problem.kind}.`,
    mend: mendOf(problem, kinds),
    facts: { metric, problem: problem.kind },
  });
}

function mendOf({ kind }: Problem, kinds: readonly Problem["kind"][]): string {
  if (kind === "regression") return "Use rmse, mae, mse, mape, r2 or pinball for a numeric target.";
  if (kind === "multiclass" && kinds.includes("binary")) return "Set `columns.positive`, which makes the problem binary, or use a metric for more classes, such as log-loss or accuracy.";
  return "Use a metric for classes, such as log-loss or accuracy, or set `columns.task`.";
}
