import { isMissing, type Column, type Frame } from "@millrace/core";
import { mix32 } from "./hash.js";

/** Values of one column in the sample: numbers (NaN where missing) or texts ("" where missing). */
export type SampledColumn = { readonly kind: "number"; readonly values: number[] } | { readonly kind: "text"; readonly values: string[] };

/**
 * The training rows with the lowest hashes of their row numbers: which these are depends on the rows alone, not on how they were cut, and two
 * samples merge into one (bottom-k sampling: E. Cohen and H. Kaplan, 2007). It is cut down each time it has twice as many rows as it needs.
 */
export interface RowSample {
  hashes: number[];
  targets: number[];
  columns: SampledColumn[];
  /** No row above this hash is among the lowest any more. */
  limit: number;
  /** Labelled training rows seen. */
  rows: number;
  isMulticlass: boolean;
}

export function emptySample(kinds: readonly SampledColumn["kind"][]): RowSample {
  return { hashes: [], targets: [], columns: kinds.map((kind): SampledColumn => ({ kind, values: [] })), limit: Infinity, rows: 0, isMulticlass: false };
}

/** Adds the labelled rows of the training part (all rows where there is no `$part`); a batch without `$target` adds none. */
export function addToSample(sample: RowSample, batch: Frame, names: readonly string[], most: number): RowSample {
  const has = (name: string): boolean => batch.fields.some((field) => field.name === name);
  if (!has("$target")) return sample;
  const target = batch.column("$target") as Extract<Column, { dtype: "float64" | "int32" }>;
  const part = has("$part") ? (batch.column("$part") as Extract<Column, { dtype: "string" }>) : null;
  sample.isMulticlass ||= target.dtype === "int32";
  const rows = chosenRows(sample, (batch.column("$row") as Extract<Column, { dtype: "float64" }>).values, target, part);
  for (const row of rows) sample.targets.push(target.values[row]!);
  names.forEach((name, index) => gather(sample.columns[index]!, batch.column(name), rows));
  return cut(sample, most);
}

/** Changes and returns `left`. */
export function mergeSamples(left: RowSample, right: RowSample, most: number): RowSample {
  append(left.hashes, right.hashes);
  append(left.targets, right.targets);
  left.columns.forEach(({ values }, index) => append<number | string>(values, right.columns[index]!.values));
  left.limit = Math.min(left.limit, right.limit);
  left.rows += right.rows;
  left.isMulticlass ||= right.isMulticlass;
  return cut(left, most);
}

/** The `most` rows of the lowest hashes, ascending; a new sample. */
export function lowest(sample: RowSample, most: number): RowSample {
  const order = Array.from(sample.hashes.keys())
    .sort((one, other) => sample.hashes[one]! - sample.hashes[other]!)
    .slice(0, most);
  return picked(sample, order);
}

/** Their hashes are taken in; the rows' numbers in the batch come out. */
function chosenRows(sample: RowSample, numbers: Float64Array, target: Column, part: Extract<Column, { dtype: "string" }> | null): readonly number[] {
  const train = part?.dictionary.indexOf("train") ?? -1;
  const chosen: number[] = [];
  const { limit, hashes } = sample;
  let rows = 0;
  for (let row = 0; row < numbers.length; row++) {
    if ((part !== null && part.codes[row] !== train) || isMissing(target, row)) continue;
    rows++;
    const hash = mix32(numbers[row]!);
    if (hash > limit) continue;
    hashes.push(hash);
    chosen.push(row);
  }
  sample.rows += rows;
  return chosen;
}

function gather(sampled: SampledColumn, column: Column, rows: readonly number[]): void {
  if (column.dtype === "string") for (const row of rows) (sampled.values as string[]).push(column.dictionary[column.codes[row]!]!);
  else if (column.dtype !== "bytes" && column.dtype !== "sparse") for (const row of rows) (sampled.values as number[]).push(isMissing(column, row) ? NaN : Number(column.values[row]));
}

function cut(sample: RowSample, most: number): RowSample {
  if (sample.hashes.length < 2 * most) return sample;
  const limit = Float64Array.from(sample.hashes).sort()[most - 1]!;
  const kept: number[] = [];
  for (let i = 0; i < sample.hashes.length; i++) if (sample.hashes[i]! <= limit) kept.push(i);
  return { ...picked(sample, kept), limit };
}

function picked(sample: RowSample, at: readonly number[]): RowSample {
  const pick = <T>(values: readonly T[]): T[] => at.map((index) => values[index]!);
  const columns = sample.columns.map((column): SampledColumn => (column.kind === "number" ? { kind: column.kind, values: pick(column.values) } : { kind: column.kind, values: pick(column.values) }));
  return { ...sample, hashes: pick(sample.hashes), targets: pick(sample.targets), columns };
}

/** Without spreading: the arguments of a call are limited. */
function append<T>(to: T[], from: readonly T[]): void {
  for (const value of from) to.push(value);
}
