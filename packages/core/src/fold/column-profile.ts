import type { Column, Field, Frame } from "../contracts/frame.js";
import type { Fold } from "../contracts/fold.js";
import { isMissing } from "../frame/missing.js";
import { quantilesOf } from "./distribution.js";
import { distinctNumbers } from "./distinct-numbers.js";
import { distinctTexts, type DistinctTexts } from "./distinct-texts.js";
import { extremes, type Extremes } from "./extremes.js";
import { fuse } from "./fuse.js";
import { moments, type Moments } from "./moments.js";
import { rowSample } from "./row-sample.js";

/** Shares at which a profile gives quantiles. */
export const PROFILE_SHARES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;

/** Bars of a histogram at most. */
export const PROFILE_BARS = 32;

/** The most frequent texts that a profile names. */
export const PROFILE_TOP = 8;

interface Shared {
  readonly dtype: Field["dtype"];
  readonly rows: number;
  readonly missing: number;
}

/** What is known of a column. `distinct` null: more than were counted (65,536). Times are epoch milliseconds. */
export type ColumnProfile =
  | (Shared & {
      readonly kind: "number";
      readonly infinite: number;
      readonly distinct: number | null;
      /** Null where no value is finite; a mean beyond all float64 numbers is null too. */
      readonly range: { readonly minimum: number; readonly maximum: number; readonly mean: number | null; readonly deviation: number | null } | null;
      /** At PROFILE_SHARES, of a sample of at most 65,536 rows; empty where no value is finite. */
      readonly quantiles: readonly (number | null)[];
      /** Shares of the same sample in bars of equal width from the minimum to the maximum; empty where no value is finite. */
      readonly histogram: readonly number[];
    })
  | (Shared & {
      readonly kind: "text";
      readonly distinct: number | null;
      /** The most frequent first; empty where there are too many to count. */
      readonly top: readonly { readonly value: string; readonly rows: number }[];
      /** Characters of the shortest and the longest text; null where there is none. */
      readonly lengths: readonly [number, number] | null;
    })
  /** Personal data: how much there is, and nothing of what it is. */
  | (Shared & { readonly kind: "masked"; readonly distinct: number | null })
  /** Bytes and vectors. */
  | (Shared & { readonly kind: "other" });

/** The profile of a column, in frames that have `$row`, the number of each row; where it is `masked`, no value of it goes out, not as an extreme or a length either. */
export function columnProfile(field: Field, masked: boolean): Fold<ColumnProfile> {
  if (field.dtype === "bytes" || (field.shape ?? []).length > 0) return { ...presence(field), finish: (found) => (masked ? maskedOf(field, { ...found, distinct: null }) : { kind: "other", dtype: field.dtype, ...found }) };
  if (field.dtype === "string" || field.dtype === "bool") return finished(distinctTexts(field.name), (texts) => (masked ? maskedOf(field, texts) : textProfile(field, texts)));
  if (masked) return finished(fuse({ range: extremes(field.name), distinct: distinctNumbers(field.name) }), ({ range, distinct }) => maskedOf(field, { ...counted(range), distinct }));
  const folds = { range: extremes(field.name), moments: moments(field.name), sample: rowSample(field.name), distinct: distinctNumbers(field.name) };
  return finished(fuse(folds), (found) => numberProfile(field, found as NumberFound));
}

interface NumberFound {
  readonly range: Extremes;
  readonly moments: Moments;
  readonly sample: Float64Array;
  readonly distinct: number | null;
}

function finished<Between, Result, Partial>(fold: Fold<Between, Partial>, finish: (between: Between) => Result): Fold<Result, Partial> {
  return { ...fold, finish: (partial) => finish(fold.finish(partial)) };
}

function counted({ count, missing, infinite }: Extremes): { readonly rows: number; readonly missing: number } {
  return { rows: count + missing + infinite, missing };
}

function maskedOf({ dtype }: Field, { rows, missing, distinct }: { readonly rows: number; readonly missing: number; readonly distinct: number | null }): ColumnProfile {
  return { kind: "masked", dtype, rows, missing, distinct };
}

function textProfile({ dtype }: Field, { rows, missing, distinct, counts, lengths }: DistinctTexts): ColumnProfile {
  const top = [...(counts ?? [])].sort(([, left], [, right]) => right - left).slice(0, PROFILE_TOP);
  return { kind: "text", dtype, rows, missing, distinct, top: top.map(([value, times]) => ({ value, rows: times })), lengths };
}

function numberProfile({ dtype }: Field, { range, moments: { mean, variance }, sample, distinct }: NumberFound): ColumnProfile {
  const { minimum, maximum, infinite } = range;
  const shared = { kind: "number" as const, dtype, ...counted(range), infinite, distinct };
  if (minimum === null || maximum === null) return { ...shared, range: null, quantiles: [], histogram: [] };
  const bars = Math.max(1, Math.min(PROFILE_BARS, distinct ?? PROFILE_BARS));
  const ranked = { count: sample.length, missing: 0, infinite: 0, values: sample, weights: new Float64Array(sample.length).fill(1), isExact: true };
  return {
    ...shared, range: { minimum, maximum, mean: finiteOr(mean), deviation: finiteOr(Math.sqrt(variance)) },
    quantiles: quantilesOf(ranked, PROFILE_SHARES).map(finiteOr), histogram: histogram(sample, minimum, maximum, bars),
  };
}

function finiteOr(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function histogram(sample: Float64Array, minimum: number, maximum: number, bars: number): readonly number[] {
  const shares = Array.from({ length: bars }, () => 0);
  // By halves, so that the width of a range of almost all float64 numbers is finite.
  const width = maximum / 2 - minimum / 2;
  for (const value of sample) shares[width === 0 ? 0 : Math.min(bars - 1, Math.floor(((value / 2 - minimum / 2) / width) * bars))]! += 1 / sample.length;
  return shares;
}

interface Presence {
  rows: number;
  missing: number;
}

function presence(field: Field): Omit<Fold<never, Presence>, "finish"> {
  return {
    start: () => ({ rows: 0, missing: 0 }),
    add(partial, batch: Frame) {
      const column: Column = batch.column(field.name);
      const isScalar = (field.shape ?? []).length === 0;
      partial.rows += batch.length;
      if (isScalar) for (let row = 0; row < batch.length; row++) if (isMissing(column, row)) partial.missing++;
      return partial;
    },
    merge: (left, right) => ({ rows: left.rows + right.rows, missing: left.missing + right.missing }),
  };
}
