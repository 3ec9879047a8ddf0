import type { Column, Frame } from "../contracts/frame.js";
import type { SparseColumn } from "../frame/sparse-column.js";
import { isMissing } from "../frame/missing.js";

/**
 * Where two frames of scalars and vectors differ first, in words; null where they are equal to the bit (0 is not -0; all NaNs are
 * equal). Dictionaries may differ where their texts do not.
 */
export function frameDifference(left: Frame, right: Frame): string | null {
  const [ours, theirs] = [left, right].map(({ fields, length }) => `${length} rows of ${fields.map(({ name, dtype, shape }) => `${name} ${dtype}[${shape?.join() ?? "?"}]`).join(", ")}`);
  if (ours !== theirs) return `${ours} are not ${theirs}`;
  for (const { name } of left.fields) {
    const found = columnDifference(left.column(name), right.column(name));
    if (found !== null) return `column "${name}", ${found}`;
  }
  return null;
}

function columnDifference(left: Column, right: Column): string | null {
  if (left.dtype === "sparse" || right.dtype === "sparse") return sparseDifference(left as SparseColumn, right as SparseColumn);
  const length = left.dtype === "string" ? left.codes.length : left.values.length;
  for (let at = 0; at < length; at++) {
    const [ours, theirs] = [entryOf(left, at), entryOf(right, at)];
    if (!Object.is(ours, theirs)) return `value ${at}: ${String(ours)} is not ${String(theirs)}`;
  }
  return null;
}

function sparseDifference(left: SparseColumn, right: SparseColumn): string | null {
  for (const member of ["starts", "places", "numbers"] as const)
    for (let at = 0; at < Math.max(left[member].length, right[member].length); at++)
      if (!Object.is(left[member][at], right[member][at])) return `${member} ${at}: ${String(left[member][at])} is not ${String(right[member][at])}`;
  return null;
}

function entryOf(column: Exclude<Column, SparseColumn>, at: number): unknown {
  if (column.dtype === "string") return column.dictionary[column.codes[at]!];
  if (column.dtype === "bytes") return Buffer.from(column.values[at]!).toString("hex");
  // A validity bit covers a whole row; vectors of integers have their zeros compared instead.
  return "validity" in column && isMissing(column, at) ? null : column.values[at];
}
