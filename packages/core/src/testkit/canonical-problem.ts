import type { Column, Field, Frame } from "../contracts/frame.js";
import { hasBit } from "../frame/bits.js";
import { widthOf } from "../frame/frame.js";
import type { SparseColumn } from "../frame/sparse-column.js";

/** Where a frame's columns are not in the one form that each value has (see Column), in words; null where they are. */
export function canonicalProblem(frame: Frame): string | null {
  for (const field of frame.fields) {
    const found = columnProblem(frame.column(field.name), field, frame.length);
    if (found !== null) return `column "${field.name}" (${field.dtype}): ${found}`;
  }
  return null;
}

function columnProblem(column: Column, field: Field, length: number): string | null {
  if (column.dtype !== field.dtype) return `it is ${column.dtype}`;
  const width = widthOf(field);
  if (column.dtype === "sparse") return sparseProblem(column, width, length);
  const rows = column.dtype === "string" ? column.codes.length : column.values.length / width;
  if (rows !== length) return `it has ${rows} rows, the frame ${length}`;
  if (column.dtype === "string") return textProblem(column);
  if (column.dtype === "float32" || column.dtype === "float64") return null;
  if (column.validity === null) return null;
  if (column.validity.length !== (length + 7) >> 3) return `its validity has ${column.validity.length} bytes for ${length} rows`;
  for (let row = length; row < column.validity.length * 8; row++) if (hasBit(column.validity, row)) return `bit ${row} of its validity is set, behind the last row`;
  for (let at = 0; at < length * width; at++) {
    const value = column.values[at]!;
    const isZero = typeof value === "object" ? value.length === 0 : Number(value) === 0;
    if (!hasBit(column.validity, Math.floor(at / width)) && !isZero) return `row ${Math.floor(at / width)} is missing, and holds ${String(value)}`;
  }
  return null;
}

function sparseProblem({ starts, places, numbers }: SparseColumn, width: number, length: number): string | null {
  if (starts.length !== length + 1) return `it has ${starts.length - 1} rows, the frame ${length}`;
  if (starts[0] !== 0 || starts[length] !== places.length || places.length !== numbers.length) return `its rows end at ${starts[length]}, its places at ${places.length}, its numbers at ${numbers.length}`;
  for (let row = 0; row < length; row++)
    for (let k = starts[row]!; k < starts[row + 1]!; k++) {
      const place = places[k]!;
      if (place < 0 || place >= width) return `row ${row} has place ${place} of ${width}`;
      if (k > starts[row]! && place <= places[k - 1]!) return `row ${row} has place ${place} behind ${places[k - 1]}`;
      if (numbers[k] === 0 || !Number.isFinite(numbers[k])) return `row ${row} holds ${numbers[k]}`;
    }
  return null;
}

function textProblem(column: Extract<Column, { readonly dtype: "string" }>): string | null {
  const { codes, dictionary } = column;
  if (dictionary[0] !== "") return `its dictionary begins with ${JSON.stringify(dictionary[0])}, not ""`;
  if (new Set(dictionary).size !== dictionary.length) return "its dictionary holds a text twice";
  const odd = dictionary.find((text) => text.includes("\0") || !isWellFormed(text));
  if (odd !== undefined) return `its dictionary holds ${JSON.stringify(odd)}: NUL or half a surrogate pair`;
  const row = codes.findIndex((code) => code < 0 || code >= dictionary.length);
  return row === -1 ? null : `row ${row} has code ${codes[row]}, the dictionary ${dictionary.length} entries`;
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
