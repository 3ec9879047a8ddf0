import { MillraceError } from "@millrace/core";
import type { ColumnBins } from "../bins/binning.js";
import type { TreeColumn } from "../bins/columns.js";
import type { TreesState } from "../model/state.js";
import type { Objective } from "./objective.js";

/** Refuses a model to go on from that has other features, categories or another objective. Throws TREES_START. */
export function checkStart(start: TreesState, columns: readonly TreeColumn[], objective: Objective, classes: readonly string[] | null): void {
  if (start.objective !== objective.name || JSON.stringify(start.classes) !== JSON.stringify(classes)) throw startError("another objective or other classes");
  const describe = (list: readonly TreeColumn[]) => JSON.stringify(list.map(({ feature, element, categories }) => [feature, element, categories]));
  if (describe(start.columns) !== describe(columns)) throw startError("other features or categories");
}

/** The bins of code columns as the start has them, because its sets are made of them. */
export function binsWithStart(bins: readonly ColumnBins[], start: TreesState | null): readonly ColumnBins[] {
  if (start === null) return bins;
  return bins.map((column, index) => (column.kind === "category" ? { ...column, bins: start.columns[index]!.bins, table: start.columns[index]!.table! } : column));
}

function startError(what: string): MillraceError {
  return new MillraceError({ code: "TREES_START", message: `The model to go on from has ${what} than this training.`, mend: "Train from nothing, or go on with the features, classes and objective that it was trained with." });
}
