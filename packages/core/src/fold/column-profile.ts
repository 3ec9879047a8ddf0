import type { Column, Field, Frame } from "../contracts/frame.js";
import type { Fold } from "../contracts/fold.js";
import { isMissing } from "../frame/missing.js";
import { quantilesOf } from "./distribution.js";
import { distinctNumbers } from "./distinct-numbers.js";
import { distinctTexts, type DistinctTexts } from "./distinct-texts.js";
import { extremes, type Extremes } from "./extremes.js";
import { fuse } from "./fuse.js";
import { moments, type Moments } from "./moments.js";

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

/** What is left to say of a column once a sample of its rows is known; only numbers need one. */
export type Profiled = (sample: Float64Array | null) => ColumnProfile;

/** Whether the profile of a column takes a sample of its values. */
export function needsSample({ dtype, shape }: Field, masked: boolean): boolean {
  return !masked && (shape ?? []).length === 0 && !["bytes", "sparse", "string", "bool"].includes(dtype);
}

/** The profile of a column; where it is `masked`, no value of it goes out, not as an extreme or a length either. */
export function columnProfile(field: Field, masked: boolean): Fold<Profiled> {
  if (needsSample(field, masked)) {
    const folds = { range: extremes(field.name), moments: moments(field.name), distinct: distinctNumbers(field.name) };
    return finished(fuse(folds), (found) => (sample) => numberProfile(field, found as NumberFound, sample!));
  }
  const whole = finished(valueless(field), (found): Profiled => () => found);
  return masked ? finished(whole, (profiled): Profiled => () => maskedOf(profiled(null))) : whole;
}

/** Of what has no numbers, or whose numbers nobody may know. */
function valueless(field: Field): Fold<ColumnProfile> {
  if (field.dtype === "string" || field.dtype === "bool") return finished(distinctTexts(field.name), (texts) => textProfile(field, texts));
  if (field.dtype === "bytes" || field.dtype === "sparse" || (field.shape ?? []).length > 0) return { ...presence(field), finish: (found) => ({ kind: "other", dtype: field.dtype, ...found }) };
  const folds = { range: extremes(field.name), distinct: distinctNumbers(field.name) };
  return finished(fuse(folds), ({ range, distinct }) => ({ kind: "masked", dtype: field.dtype, ...counted(range), distinct }));
}

interface NumberFound {
  readonly range: Extremes;
  readonly moments: Moments;
  readonly distinct: number | null;
}

function finished<Between, Result, Partial>(fold: Fold<Between, Partial>, finish: (between: Between) => Result): Fold<Result, Partial> {
  return { ...fold, finish: (partial) => finish(fold.finish(partial)) };
}

function counted({ count, missing, infinite }: Extremes): { readonly rows: number; readonly missing: number } {
  return { rows: count + missing + infinite, missing };
}

function maskedOf(profile: ColumnProfile): ColumnProfile {
  const { dtype, rows, missing } = profile;
  return { kind: "masked", dtype, rows, missing, distinct: profile.kind === "other" ? null : profile.distinct };
}

function textProfile({ dtype }: Field, { rows, missing, distinct, counts, lengths }: DistinctTexts): ColumnProfile {
  const top = [...(counts ?? [])].sort(([, left], [, right]) => right - left).slice(0, PROFILE_TOP);
  return { kind: "text", dtype, rows, missing, distinct, top: top.map(([value, times]) => ({ value, rows: times })), lengths };
}

function numberProfile({ dtype }: Field, { range, moments: { mean, variance }, distinct }: NumberFound, rows: Float64Array): ColumnProfile {
  const { minimum, maximum, infinite } = range;
  const shared = { kind: "number" as const, dtype, ...counted(range), infinite, distinct };
  if (minimum === null || maximum === null) return { ...shared, range: null, quantiles: [], histogram: [] };
  const bars = Math.max(1, Math.min(PROFILE_BARS, distinct ?? PROFILE_BARS));
  // -0 is 0.
  const sample = rows.filter((value) => value - value === 0).map((value) => value + 0).sort();
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
