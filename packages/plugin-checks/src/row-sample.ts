import { isMissing, type Column, type Frame } from "@millrace/core";
import { mix32 } from "./hash.js";

/** Values of one column in the sample: numbers (NaN where missing) or texts ("" where missing). */
export type SampledColumn = { readonly kind: "number"; readonly values: number[] } | { readonly kind: "text"; readonly values: string[] };

/**
 * The training rows with the lowest hashes of their row numbers: which these are depends on the rows alone, not on how they were cut, and two
 * samples merge into one (bottom-k sampling: E. Cohen and H. Kaplan, 2007).
 */
export interface RowSample {
  hashes: number[];
  targets: number[];
  columns: SampledColumn[];
  /** No row of this hash or above is among the lowest any more. */
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
  const train = part?.dictionary.indexOf("train") ?? -1;
  const numbers = (batch.column("$row") as Extract<Column, { dtype: "float64" }>).values;
  const columns = names.map((name) => batch.column(name));
  let kept = sample;
  kept.isMulticlass ||= target.dtype === "int32";
  for (let row = 0; row < batch.length; row++) {
    if ((part !== null && part.codes[row] !== train) || isMissing(target, row)) continue;
    kept.rows++;
    const hash = mix32(numbers[row]!);
    if (hash >= kept.limit) continue;
    kept.hashes.push(hash);
    kept.targets.push(target.values[row]!);
    for (let c = 0; c < columns.length; c++) pushValue(kept.columns[c]!, columns[c]!, row);
    if (kept.hashes.length >= 2 * most) kept = lowest(kept, most);
  }
  return kept;
}

export function mergeSamples(left: RowSample, right: RowSample, most: number): RowSample {
  const columns = left.columns.map((column, index) => ({ kind: column.kind, values: [...column.values, ...right.columns[index]!.values] }) as SampledColumn);
  const both = { hashes: [...left.hashes, ...right.hashes], targets: [...left.targets, ...right.targets], columns, limit: Math.min(left.limit, right.limit), rows: left.rows + right.rows, isMulticlass: left.isMulticlass || right.isMulticlass };
  return both.hashes.length < 2 * most ? both : lowest(both, most);
}

/** The `most` rows of the lowest hashes, ascending; a new sample. */
export function lowest(sample: RowSample, most: number): RowSample {
  const order = Uint32Array.from(sample.hashes.keys())
    .sort((one, other) => sample.hashes[one]! - sample.hashes[other]!)
    .subarray(0, most);
  const pick = <T>(values: readonly T[]): T[] => Array.from(order, (at) => values[at]!);
  const columns = sample.columns.map((column) => (column.kind === "number" ? { kind: column.kind, values: pick(column.values) } : { kind: column.kind, values: pick(column.values) }));
  const hashes = pick(sample.hashes);
  return { ...sample, hashes, targets: pick(sample.targets), columns, limit: hashes.length === most ? hashes.at(-1)! : sample.limit };
}

function pushValue(sampled: SampledColumn, column: Column, row: number): void {
  if (sampled.kind === "text") sampled.values.push(column.dtype === "string" ? column.dictionary[column.codes[row]!]! : "");
  else sampled.values.push(column.dtype === "string" || column.dtype === "bytes" || isMissing(column, row) ? NaN : Number(column.values[row]));
}
