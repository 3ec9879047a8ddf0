import type { Column, Field, Frame } from "../contracts/frame.js";
import type { Fold } from "../contracts/fold.js";
import { isMissing, toFloat64 } from "../frame/missing.js";
import { unitRow } from "../frame/unit-row.js";
import { defineFold } from "./define-fold.js";

/** Rows that a sample holds at most, where nothing else is said. */
export const SAMPLED_ROWS = 65_536;

/** Values of one column in the sample: numbers (NaN where missing) or texts ("" where missing). */
export type SampledColumn = { readonly kind: "number"; readonly values: Float64Array } | { readonly kind: "text"; readonly values: readonly string[] };

export interface RowSample {
  /** Rows that were looked at: those that `accepts` takes. */
  readonly rows: number;
  /** Of each row of the sample, what its number was hashed to, in [0, 1). */
  readonly hashes: Float64Array;
  /** In the order of the fields, rows in the order in which they came. */
  readonly columns: readonly SampledColumn[];
}

interface Partial extends RowSample {
  /** Rows are kept whose hash is below 2^-level. */
  readonly level: number;
}

/** Which rows of a batch a sample is of. */
export type Accepts = (batch: Frame) => (row: number) => boolean;

/** Any number but those that splits use: the sample has no side of its own. */
const SEED = 0x5a3c;

/**
 * A sample of rows: all of them up to `most`, and beyond a random half of them, a quarter, and so on, so that at least about half of `most` stay. A row is kept by its number alone:
 * `$row` where the frames have it, and any partition then gives the same sample; else its place among the rows of its part. It costs a hash a row, and a copy of those that are kept.
 */
export function sampledRows(fields: readonly Pick<Field, "name" | "dtype">[], most = SAMPLED_ROWS, accepts: Accepts = () => () => true): Fold<RowSample, Partial> {
  return defineFold<Partial, RowSample>({
    start: () => ({ level: 0, rows: 0, hashes: new Float64Array(0), columns: fields.map(({ dtype }) => (dtype === "string" ? { kind: "text", values: [] } : { kind: "number", values: new Float64Array(0) })) }),
    add: (partial, batch) => joined(partial, chosen(partial, batch, fields, accepts(batch), most), most),
    merge: (left, right) => joined(left, right, most),
    finish: ({ rows, hashes, columns }) => ({ rows, hashes, columns }),
  });
}

/** Of a batch, the rows that the sample so far would keep; at a level at which they alone are few enough, so that no more values than that are touched. */
function chosen(sample: Partial, batch: Frame, fields: readonly Pick<Field, "name">[], accepted: (row: number) => boolean, most: number): Partial {
  const numbers = batch.fields.some(({ name }) => name === "$row") ? toFloat64(batch.column("$row")) : null;
  const hashes = new Float64Array(batch.length);
  let seen = 0;
  // 1: not accepted, and never kept.
  for (let row = 0; row < batch.length; row++) hashes[row] = accepted(row) ? unitRow(numbers === null ? sample.rows + seen++ : (seen++, numbers[row]!), SEED) : 1;
  const counts = levels(hashes);
  let { level } = sample;
  while (counts[level]! > most) level++;
  const kept = new Int32Array(counts[level]!);
  let count = 0;
  for (let row = 0; row < hashes.length; row++) if (hashes[row]! < 2 ** -level) kept[count++] = row;
  return { level, rows: seen, hashes: Float64Array.from(kept, (row) => hashes[row]!), columns: fields.map(({ name }) => valuesAt(batch.column(name), kept)) };
}

function valuesAt(column: Column, rows: Int32Array): SampledColumn {
  if (column.dtype === "string") return { kind: "text", values: Array.from(rows, (row) => column.dictionary[column.codes[row]!]!) };
  if (column.dtype === "bytes" || column.dtype === "sparse") throw new TypeError(`A ${column.dtype} column has no single numbers to sample.`);
  const { values } = column;
  const numbers = new Float64Array(rows.length);
  for (let i = 0; i < numbers.length; i++) numbers[i] = isMissing(column, rows[i]!) ? NaN : Number(values[rows[i]!]);
  return { kind: "number", values: numbers };
}

/** Both at the lowest level at which they are few enough. */
function joined(left: Partial, right: Partial, most: number): Partial {
  const counts = [levels(left.hashes), levels(right.hashes)];
  let level = Math.max(left.level, right.level);
  while (counts[0]![level]! + counts[1]![level]! > most) level++;
  const [low, high] = [thinned(left, level), thinned(right, level)];
  return { level, rows: left.rows + right.rows, hashes: together(low.hashes, high.hashes), columns: low.columns.map((column, index) => beside(column, high.columns[index]!)) };
}

function thinned(partial: Partial, level: number): Partial {
  if (level === partial.level) return partial;
  const below = 2 ** -level;
  const stays = (_: unknown, row: number): boolean => partial.hashes[row]! < below;
  return { ...partial, level, hashes: partial.hashes.filter(stays), columns: partial.columns.map((column) => ({ ...column, values: (column.values as Float64Array).filter(stays) }) as SampledColumn) };
}

function beside(left: SampledColumn, right: SampledColumn): SampledColumn {
  if (left.kind === "text") return { kind: "text", values: [...left.values, ...(right.values as readonly string[])] };
  return { kind: "number", values: together(left.values, right.values as Float64Array) };
}

function together(left: Float64Array, right: Float64Array): Float64Array {
  const all = new Float64Array(left.length + right.length);
  all.set(left);
  all.set(right, left.length);
  return all;
}

/** How many of the hashes are kept at each level: those below 2^-level. */
function levels(hashes: Float64Array): Uint32Array {
  const kept = new Uint32Array(34);
  for (let i = 0; i < hashes.length; i++) if (hashes[i]! < 1) kept[Math.clz32(hashes[i]! * 2 ** 32)]!++;
  for (let level = kept.length - 2; level >= 0; level--) kept[level]! += kept[level + 1]!;
  return kept;
}
