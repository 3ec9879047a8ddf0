import { type Frame, MillraceError, toFloat64 } from "@millrace/core";
import type { Arena, Taker } from "../kernels/arena.js";
import type { TreeColumn } from "./columns.js";

/** A place in the kernels' memory for some rows of some columns: `capacity` values of 4 bytes each, column after column. */
export interface Stage {
  readonly at: number;
  readonly capacity: number;
}

export function takeStage(taker: Taker, columns: number, capacity: number): Stage {
  return { at: taker.take(4 * columns * capacity), capacity };
}

/** Copies rows of a frame to the stage: numbers as float32, codes as int32. Throws DATA_CODE. */
export function toStage(arena: Arena, { at, capacity }: Stage, columns: readonly TreeColumn[], frame: Frame, from: number, rows: number): void {
  columns.forEach((column, index) => {
    const to = at + 4 * index * capacity;
    if (column.categories === null) stageNumbers(arena.f32(to, rows), column, frame, from);
    else stageCodes(arena.i32(to, rows), column, column.categories.length + 2, frame, from);
  });
}

function stageNumbers(to: Float32Array, { feature, element, width }: TreeColumn, frame: Frame, from: number): void {
  const column = frame.column(feature);
  const values = column.dtype === "float32" ? column.values : Float32Array.from(toFloat64(column));
  if (width === 1) to.set(values.subarray(from, from + to.length));
  else for (let row = 0; row < to.length; row++) to[row] = values[(from + row) * width + element]!;
}

function stageCodes(to: Int32Array, { feature }: TreeColumn, size: number, frame: Frame, from: number): void {
  const column = frame.column(feature);
  const codes = column.dtype === "int32" ? column.values : Int32Array.from(toFloat64(column));
  for (let row = 0; row < to.length; row++) {
    const code = codes[from + row]!;
    if (code < 0 || code >= size) throw badCode(feature, code, size);
    to[row] = code;
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
