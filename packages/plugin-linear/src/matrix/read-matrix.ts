import { type Column, type Field, type Frame, MillraceError, type TrainingData, toFloat64, widthOf } from "@millrace/core";
import { type CodeField, numberWidth, splitFeatures } from "./features.js";
import type { CodeColumn, Matrix, NumberColumn } from "./matrix.js";
import { standardize } from "./standardize.js";
import { checkTarget, checkWeights } from "./target.js";

interface Buffers {
  readonly numberFields: readonly Field[];
  readonly width: number;
  readonly codeColumns: readonly CodeColumn[];
  readonly numbers: Float32Array;
  readonly entries: Int32Array;
  readonly target: Float64Array;
  weight: Float64Array | null;
}

/**
 * Reads the training part once into its compact form. Throws LINEAR_FEATURE, DATA_EMPTY, DATA_ROWS, DATA_INFINITE, DATA_CODE,
 * DATA_TARGET, DATA_ONE_CLASS, DATA_WEIGHT.
 */
export async function readMatrix(data: TrainingData, signal: AbortSignal): Promise<Matrix> {
  const rows = data.train.count;
  const { numbers, codes } = splitFeatures(data.features);
  if (rows === 0) throw countError("DATA_EMPTY", "The training part has no rows.", "Widen the training part of `split`, or check the source.");
  const width = numberWidth(data.features);
  const buffers: Buffers = {
    numberFields: numbers,
    width,
    codeColumns: placeCodes(codes, 1 + width),
    numbers: new Float32Array(rows * width),
    entries: new Int32Array(rows * codes.length),
    target: new Float64Array(rows),
    weight: null,
  };
  let at = 0;
  for await (const frame of data.train.read(signal)) {
    if (at + frame.length <= rows) copy(frame, buffers, at);
    at += frame.length;
  }
  if (at !== rows) throw countError("DATA_ROWS", `The training part promised ${rows} rows and gave ${at}.`, "Report this to the author of the step that made the rows.");
  return finish(buffers, data);
}

function placeCodes(fields: readonly CodeField[], start: number): readonly CodeColumn[] {
  let offset = start;
  return fields.map(({ name, categories }) => {
    const column = { feature: name, categories, size: categories.length + 2, offset };
    offset += column.size;
    return column;
  });
}

function copy(frame: Frame, buffers: Buffers, at: number): void {
  const { numberFields, codeColumns, numbers, entries, width, target } = buffers;
  let first = 0;
  for (const field of numberFields) {
    copyNumbers(frame.column(field.name), numbers, at * width + first, width, widthOf(field), frame.length);
    first += widthOf(field);
  }
  codeColumns.forEach((column, j) => copyCodes(frame.column(column.feature), column, entries, at * codeColumns.length + j, codeColumns.length));
  target.set(toFloat64(frame.column("$target")), at);
  if (!frame.fields.some(({ name }) => name === "$weight")) return;
  buffers.weight ??= new Float64Array(target.length);
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

function finish(buffers: Buffers, { problem }: TrainingData): Matrix {
  const { numberFields, codeColumns, numbers, entries, target, weight, width } = buffers;
  const totalWeight = weight === null ? target.length : checkWeights(weight);
  checkTarget(target, weight, problem);
  const names = numberFields.flatMap((field) => Array.from({ length: widthOf(field) }, () => field.name));
  const numberColumns = names.map((feature, j): NumberColumn => ({ feature, ...standardize(numbers, j, width, weight, feature) }));
  const last = codeColumns.at(-1);
  const size = last === undefined ? 1 + width : last.offset + last.size;
  const seen = countEntries(entries, codeColumns.length, weight, new Float64Array(size).fill(totalWeight, 0, 1 + width));
  return { rows: target.length, numberColumns, codeColumns, numbers, entries, target, weight, totalWeight, seen, size };
}

function countEntries(entries: Int32Array, codes: number, weight: Float64Array | null, counts: Float64Array): Float64Array {
  for (let p = 0; p < entries.length; p++) counts[entries[p]!] = counts[entries[p]!]! + (weight === null ? 1 : weight[Math.trunc(p / codes)]!);
  return counts;
}

function countError(code: string, message: string, mend: string): MillraceError {
  return new MillraceError({ code, message, mend });
}

function badCode(feature: string, code: number, size: number): MillraceError {
  return new MillraceError({
    code: "DATA_CODE",
    message: `Feature "${feature}" holds the code ${code}; its ${size - 2} categories allow 0 to ${size - 1}.`,
    mend: "Report this to the author of the transform that made the column.",
    facts: { column: feature },
  });
}
