import { type Column, type Frame, MillraceError, toFloat64, widthOf } from "@millrace/core";
import type { FeatureShape } from "./features.js";
import type { CodeColumn } from "./matrix.js";
import { createSparse, type SparseBuffers } from "./sparse-rows.js";

/** Rows as they are read. */
export interface RowBuffers {
  readonly numbers: Float32Array;
  readonly entries: Int32Array;
  readonly target: Float64Array;
  /** Null where there is no sparse vector. */
  readonly sparse: SparseBuffers | null;
  /** Null until a frame has weights. */
  weight: Float64Array | null;
}

export function createBuffers(shape: FeatureShape, rows: number): RowBuffers {
  return { numbers: new Float32Array(rows * shape.width), entries: new Int32Array(rows * shape.codeColumns.length), target: new Float64Array(rows), sparse: shape.sparseFields.length === 0 ? null : createSparse(shape.sparseFields, rows), weight: null };
}

/** Bytes that a row takes, weight included, but for its sparse vectors. */
export function rowBytes({ width, codeColumns, sparseFields }: FeatureShape): number {
  return 4 * width + 4 * codeColumns.length + (sparseFields.length === 0 ? 0 : 4) + 8 + 8;
}

/** Copies a frame's numbers and codes, `$target` and `$weight` behind the first `at` rows. Throws DATA_CODE. */
export function copyFrame(frame: Frame, shape: FeatureShape, buffers: RowBuffers, at: number): void {
  const { numberFields, codeColumns, width } = shape;
  let first = 0;
  for (const field of numberFields) {
    copyNumbers(frame.column(field.name), buffers.numbers, at * width + first, width, widthOf(field), frame.length);
    first += widthOf(field);
  }
  codeColumns.forEach((column, j) => copyCodes(frame.column(column.feature), column, buffers.entries, at * codeColumns.length + j, codeColumns.length));
  buffers.target.set(toFloat64(frame.column("$target")), at);
  if (!frame.fields.some(({ name }) => name === "$weight")) return;
  buffers.weight ??= new Float64Array(buffers.target.length);
  buffers.weight.set(toFloat64(frame.column("$weight")), at);
}

function copyNumbers(column: Column, target: Float32Array, at: number, stride: number, width: number, rows: number): void {
  const values = column.dtype === "float32" ? column.values : Float32Array.from(toFloat64(column));
  for (let i = 0; i < rows; i++) for (let j = 0; j < width; j++) target[at + i * stride + j] = values[i * width + j]!;
}

function copyCodes(column: Column, { feature, size, offset }: CodeColumn, target: Int32Array, at: number, stride: number): void {
  const codes = column.dtype === "int32" ? column.values : Int32Array.from(toFloat64(column));
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code < 0 || code >= size) throw badCode(feature, code, size);
    target[at + i * stride] = offset + code;
  }
}

function badCode(feature: string, code: number, size: number): MillraceError {
  return new MillraceError({
    code: "DATA_CODE",
    message: `Feature "${feature}" holds the code ${code}; its ${size - 2} categories allow 0 to ${size - 1}.`,
    mend: "Report this to the author of the transform that made the column.",
    facts: { column: feature },
  });
}
