import type { ResolvedModel } from "../../contracts/resolved.js";
import type { Problem } from "../../contracts/trainer.js";
import { unknownName, type IssueSpec } from "../../config/issue.js";
import { measuredNames } from "../../config/rules/measured-names.js";

/** Gates on a metric that is not measured: what is measured by default the columns tell. */
export function gateIssues({ evaluate, usualMetrics }: ResolvedModel, { kind }: Problem): readonly IssueSpec[] {
  const names = measuredNames((usualMetrics?.[kind] ?? evaluate.metrics).map(({ name }) => name));
  return evaluate.gates.flatMap(({ metric }, index) =>
    names.includes(metric) ? [] : [unknownName(["evaluate", "gates", index, "metric"], `is not measured of this ${kind} problem: "${metric}"`, metric, names, "Name it in evaluate.metrics, or gate on one of those.")],
  );
}
