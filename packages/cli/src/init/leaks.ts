import { field, isMissing, numberColumn, textColumn, toFloat64, withColumns, type Check, type Column, type Field, type Frame } from "@millrace/core";
import type { TargetProblem } from "./target-problem.js";

/** What alone tells a target. */
export interface Leaks {
  /** So well that a run would refuse them. */
  readonly certain: readonly string[];
  /** Well enough to ask when they become known. */
  readonly suspicious: readonly string[];
  /** Those among both of which it is not the value that tells, but whether there is one. */
  readonly byMissing: readonly string[];
}

/** From these single-column scores on (see the check `leakage`); a run refuses from 0.98, and sees other rows than this sample, so that a little less is too much here. */
export const LEAKAGE = { threshold: 0.97, warnFrom: 0.88, sampleRows: 20_000 } as const;

/** Asks the check for leakage, created with LEAKAGE, about these columns. */
export function leaksOf(check: Check, frame: Frame, target: string, problem: TargetProblem, columns: readonly string[]): Leaks {
  const [targetField, targetColumn] = codedTarget(frame.column(target), frame.length, problem);
  const rows = Float64Array.from({ length: frame.length }, (_, row) => row);
  const seen = withColumns(frame, [field("$row", "float64"), field("$part", "string"), targetField], [{ dtype: "float64", values: rows }, textColumn(Array.from(rows, () => "train")), targetColumn]);
  const fold = check.fold(frame.fields, columns);
  const findings = fold.finish(fold.add(fold.start(), seen));
  const named = (wanted: "error" | "warning") => findings.filter(({ severity, column }) => severity === wanted && column !== null).map(({ column }) => column!);
  const byMissing = columns.filter((column) => findings.some((finding) => finding.column === column && finding.message.includes("is missing alone tells")));
  return { certain: named("error"), suspicious: named("warning"), byMissing };
}

function codedTarget(column: Column, length: number, problem: TargetProblem): readonly [Field, Column] {
  if (problem.kind === "regression") return [field("$target", "float64"), { dtype: "float64", values: toFloat64(column) }];
  const codes = codesOf(column, length);
  if (problem.kind === "multiclass") return [field("$target", "int32"), numberColumn("int32", codes)];
  return [field("$target", "float64"), numberColumn("float64", codes)];
}

/** A number for each different value, in the order in which they come. */
function codesOf(column: Column, length: number): readonly (number | null)[] {
  const codes = new Map<number, number>();
  const values = column.dtype === "string" ? column.codes : toFloat64(column);
  return Array.from({ length }, (_, row) => {
    if (isMissing(column, row)) return null;
    const value = values[row]!;
    if (!codes.has(value)) codes.set(value, codes.size);
    return codes.get(value)!;
  });
}
