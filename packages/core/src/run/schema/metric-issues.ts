import type { Field } from "../../contracts/frame.js";
import type { Metric } from "../../contracts/metric.js";
import type { Use } from "../../contracts/resolved.js";
import type { Problem } from "../../contracts/trainer.js";
import type { IssueSpec } from "../../config/issue.js";
import { unknownColumn } from "./named-columns.js";
import { placeOfText, thrownIssue } from "./thrown-issue.js";

/** A metric in its place, and the plugin that brings it. */
export interface PlacedMetric {
  readonly use: Use<"metric">;
  /** Null where its options are wrong, of which others tell. */
  readonly metric: Metric | null;
  readonly plugin: string;
}

/** Metrics that cannot judge the problem, or read columns that are not there. */
export function metricIssues(fields: readonly Field[], metrics: readonly PlacedMetric[], problem: Problem | null): readonly IssueSpec[] {
  return metrics.flatMap(({ use, metric, plugin }, index) => {
    if (metric === null) return [];
    const path = ["evaluate", "metrics", index];
    const missing = metric.columns.filter((name) => !name.startsWith("$") && !fields.some((field) => field.name === name));
    return [...missing.map((name) => ({ ...unknownColumn(placeOfText(use.with, name, path), name, fields), plugin })), ...(problem === null ? [] : problemIssue(metric, problem, path, plugin))];
  });
}

function problemIssue(metric: Metric, problem: Problem, path: IssueSpec["path"], plugin: string): readonly IssueSpec[] {
  try {
    metric.fold(problem);
    return [];
  } catch (error) {
    return [thrownIssue(error, path, plugin)];
  }
}
