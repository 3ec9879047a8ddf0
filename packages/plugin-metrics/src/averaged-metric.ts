import { MillraceError, type Metric } from "@millrace/core";
import type { AveragedOptions } from "./averaged.options.js";
import type { Margins } from "./confusion-matrix.js";
import { decisionMetric, type ClassProblem, type Scored } from "./decision-metric.js";
import { shareOfHits } from "./share-of-hits.js";

/** A share `hits / rows` of class k, where `hits` and `rows` are linear in the cells: both, and their derivatives by a cell. */
export interface ClassShare {
  hits(margins: Margins, k: number): number;
  rows(margins: Margins, k: number): number;
  hitsIn(k: number, actual: number, predicted: number): number;
  rowsIn(k: number, actual: number, predicted: number): number;
}

/** Precision, recall or F1: a share per class, averaged. Throws METRIC_OPTION for the average `binary` of a multiclass problem. */
export function averagedMetric(name: string, options: AveragedOptions, share: ClassShare): Metric {
  const metric = decisionMetric({ name, options, score: (margins, problem) => averaged(margins, averageOf(options, problem), options, problem, share) });
  return {
    ...metric,
    fold(problem) {
      if (problem.kind === "multiclass" && options.average === "binary")
        throw new MillraceError({
          code: "METRIC_OPTION",
          message: `The metric "${name}" has the average "binary", and the problem is multiclass.`,
          mend: "Use one of: macro, micro, weighted.",
        });
      return metric.fold(problem);
    },
  };
}

function averageOf({ average }: AveragedOptions, problem: ClassProblem): "binary" | "macro" | "micro" | "weighted" {
  return average ?? (problem.kind === "binary" ? "binary" : "macro");
}

function averaged(margins: Margins, average: string, { zeroDivision }: AveragedOptions, problem: ClassProblem, share: ClassShare): Scored {
  // With one label a row, every false positive is another class's false negative: precision, recall and F1 over all rows are one.
  if (average === "micro") return shareOfHits(margins);
  const scoredClass = (k: number): Scored => {
    const rows = share.rows(margins, k);
    if (rows === 0) return { value: zeroDivision, gradient: () => 0 };
    const value = share.hits(margins, k) / rows;
    return { value, gradient: (actual, predicted) => (share.hitsIn(k, actual, predicted) - value * share.rowsIn(k, actual, predicted)) / rows };
  };
  if (average === "binary") return scoredClass(problem.classes.indexOf((problem as Extract<ClassProblem, { readonly kind: "binary" }>).positive));
  // As in scikit-learn, a class counts where it is there or is predicted.
  const classes = problem.classes.map((_, k) => k).filter((k) => margins.actual[k]! + margins.predicted[k]! > 0);
  return average === "macro" ? macro(classes.map(scoredClass)) : weighted(margins, classes, classes.map(scoredClass));
}

function macro(scored: readonly Scored[]): Scored {
  const mean = (of: (one: Scored) => number): number => scored.reduce((sum, one) => sum + of(one), 0) / scored.length;
  return { value: mean(({ value }) => value!), gradient: (actual, predicted) => mean(({ gradient }) => gradient(actual, predicted)) };
}

/** The weights, actual rows / all rows, move with the rows too. */
function weighted({ actual, total }: Margins, classes: readonly number[], scored: readonly Scored[]): Scored {
  const value = classes.reduce((sum, k, i) => sum + (actual[k]! / total) * scored[i]!.value!, 0);
  return {
    value,
    gradient: (row, column) => classes.reduce((sum, k, i) => sum + (actual[k]! / total) * scored[i]!.gradient(row, column), 0) + (scored[classes.indexOf(row)]!.value! - value) / total,
  };
}
