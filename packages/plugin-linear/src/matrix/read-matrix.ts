import { MillraceError, type Progress, requireMemory, type TrainingData } from "@millrace/core";
import { copyFrame, createBuffers, rowBytes, type RowBuffers } from "./copy-frame.js";
import { type FeatureShape, shapeOf } from "./features.js";
import type { Matrix, NumberColumn } from "./matrix.js";
import { mergeRows } from "./merge-rows.js";
import { compactSparse, copySparse } from "./sparse-rows.js";
import { standardize } from "./standardize.js";
import { checkTarget, checkTotalWeight, checkWeights } from "./target.js";

/**
 * Reads the training part once into its compact form. Throws LINEAR_FEATURE, DATA_EMPTY, DATA_ROWS, DATA_INFINITE, DATA_CODE,
 * DATA_TARGET, DATA_ONE_CLASS, DATA_WEIGHT, and LIMIT_MEMORY before it takes more than the budget has.
 */
export async function readMatrix(data: TrainingData, { signal, limits }: Pick<Progress<unknown>, "signal" | "limits">): Promise<Matrix> {
  const rows = data.train.count;
  const shape = shapeOf(data.features);
  signal.throwIfAborted();
  if (rows === 0) throw emptyError();
  const bytes = rowBytes(shape) * rows;
  requireMemory(`The training matrix of ${rows.toLocaleString("en-US")} rows and ${data.features.length} features`, bytes, limits);
  const buffers = createBuffers(shape, rows);
  let at = 0;
  for await (const frame of data.train.read(signal)) {
    if (at + frame.length <= rows) {
      copyFrame(frame, shape, buffers, at);
      if (buffers.sparse !== null) copySparse(frame, buffers.sparse, at, buffers.weight, bytes, limits);
    }
    at += frame.length;
  }
  if (at !== rows)
    throw new MillraceError({ code: "DATA_ROWS", message: `The training part promised ${rows} rows and gave ${at}.`, mend: "Report this to the author of the step that made the rows." });
  return finish(shape, buffers, data);
}

export function emptyError(): MillraceError {
  return new MillraceError({ code: "DATA_EMPTY", message: "The training part has no rows.", mend: "Widen the training part of `split`, or check the source." });
}

function finish(shape: FeatureShape, { numbers, entries, sparse, target, weight }: RowBuffers, { problem }: TrainingData): Matrix {
  const { width, codeColumns, sparseOffset } = shape;
  const totalWeight = weight === null ? target.length : checkWeights(weight);
  checkTotalWeight(totalWeight);
  checkTarget(target, weight, problem);
  const numberColumns = shape.numberNames.map((feature, j): NumberColumn => ({ feature, ...standardize(numbers, j, width, weight, feature) }));
  const found = sparse === null ? null : compactSparse(sparse, sparseOffset);
  const size = sparseOffset + (found?.seen.length ?? 0);
  const seen = new Float64Array(size).fill(totalWeight, 0, 1 + width);
  seen.set(found?.seen ?? [], sparseOffset);
  for (let p = 0; p < entries.length; p++) seen[entries[p]!] = seen[entries[p]!]! + (weight === null ? 1 : weight[Math.trunc(p / codeColumns.length)]!);
  // Rows of texts are seldom equal.
  const merged = found === null ? mergeRows(numbers, entries, target, weight) : { rows: target.length, weight };
  const { rows } = merged;
  // Copies, so that the room of the rows that were merged is free again.
  const left = rows === target.length ? { numbers, entries, target } : { numbers: numbers.slice(0, rows * width), entries: entries.slice(0, rows * codeColumns.length), target: target.slice(0, rows) };
  return { ...left, rows, weight: merged.weight, width, numberColumns, codeColumns, sparse: found?.rows ?? null, sparseColumns: found?.sparseColumns ?? [], sparseOffset, totalWeight, seen, size };
}
