import { gatherRows, textColumn, wordsOf, type Allocate, type SparseColumn, type Tensor, type TextColumn } from "@millrace/core";

/** What a piece computed for each text of a dictionary: `[D, width]`. */
export interface Table {
  readonly tensor: Tensor;
  readonly width: number;
}

/** A table, and each row's place in it. */
export interface Placed {
  readonly table: Table;
  readonly codes: Int32Array;
}

/** What a piece gives, by name; `sparse`: a sparse vector for each text. */
export interface Tables {
  readonly dense: ReadonlyMap<string, Table>;
  readonly sparse: ReadonlyMap<string, SparseColumn>;
}

/** The table's rows at the codes of rows [from, to), as a tensor. `into` is written over where it is given: it has room for as many rows at least. */
export function gather(table: Table, codes: Int32Array, from: number, to: number, into: Tensor | null): Tensor {
  const { tensor, width } = table;
  const dims = [to - from, width];
  if (tensor.dtype === "string") return { dtype: "string", dims, values: Array.from({ length: to - from }, (_, row) => tensor.values[codes[from + row]!]!) };
  const target = into ?? roomFor(table, to - from);
  const values = (target.values as Float64Array).subarray(0, (to - from) * width);
  gatherRows(tensor.values as Float64Array, width, codes, values, from, to);
  return { dtype: tensor.dtype, dims, values } as unknown as Tensor;
}

/** A tensor of the table's dtype for so many rows; the table has no texts. */
export function roomFor({ tensor, width }: Table, rows: number, allocate?: Allocate): Tensor {
  return { dtype: tensor.dtype, dims: [rows, width], values: arrayLike(tensor, rows * width, allocate) } as Tensor;
}

/** An array of the kind that a tensor of numbers has. */
export function arrayLike({ values }: Tensor, length: number, allocate: Allocate = fresh): Float64Array {
  const array = (values as Float64Array).constructor as Float64ArrayConstructor;
  const { buffer, byteOffset } = allocate(length * array.BYTES_PER_ELEMENT);
  return new array(buffer, byteOffset, length);
}

const fresh: Allocate = (byteLength) => new Uint8Array(byteLength);

/** A table of texts at all codes, as a column: each entry is looked at once, not each row. */
export function gatherTexts(entries: readonly string[], codes: Int32Array, name: string, allocate: Allocate = fresh): TextColumn {
  const column = textColumn(entries, name);
  const { buffer, byteOffset } = allocate(codes.byteLength);
  return { dtype: "string", codes: gatherRows(column.codes, 1, codes, new Int32Array(buffer, byteOffset, codes.length)), dictionary: column.dictionary };
}

/** An int64 or int32 tensor of places in a table. A place fits the low word of an int64, which is many times faster to read than a BigInt. */
export function codesOf({ values }: Tensor): Int32Array {
  if (values instanceof Int32Array) return values;
  const words = wordsOf(values as BigInt64Array);
  const codes = new Int32Array(words.length / 2);
  for (let row = 0; row < codes.length; row++) codes[row] = words[2 * row]!;
  return codes;
}
