import type { NumberFacts } from "./column-facts.js";

/** Windows of a split by time: durations back from the last moment, or dates where the last moments are far from all others. */
export type TimeWindows =
  | { readonly kind: "durations"; readonly validation: string; readonly test: string; readonly testShare: number }
  | { readonly kind: "dates"; readonly validation: DateWindow; readonly test: DateWindow; readonly testShare: number };

export interface DateWindow {
  readonly from: string;
  readonly to: string;
}

const DAY = 86_400_000;
/** Calendar lengths that people think in, with their days. */
const LENGTHS = [["1h", 1 / 24], ["6h", 0.25], ["1d", 1], ["7d", 7], ["14d", 14], ["1mo", 30.44], ["3mo", 91.3], ["6mo", 182.6], ["1y", 365.25], ["2y", 730.5], ["5y", 1826], ["10y", 3652]] as const;
const FEWEST_TEST = 0.1;
const MOST_TEST = 0.35;
const FEWEST_VALIDATION = 0.05;
const FEWEST_TRAINING = 0.4;

/** The shortest calendar windows that leave rows enough to test, to validate and to train; null where the times do not tell rows apart. */
export function timeWindowsOf(times: NumberFacts): TimeWindows | null {
  const { sorted } = times;
  const last = sorted.at(-1)!;
  if (sorted[0] === last) return null;
  const after = (ms: number): number => 1 - lowerShare(sorted, ms);
  for (const [length, days] of LENGTHS) {
    const testShare = after(last - days * DAY);
    const validationShare = after(last - 2 * days * DAY) - testShare;
    if (testShare >= FEWEST_TEST && testShare <= MOST_TEST && validationShare >= FEWEST_VALIDATION && testShare + validationShare <= 1 - FEWEST_TRAINING) return { kind: "durations", validation: length, test: length, testShare };
  }
  return datedWindows(sorted);
}

/** Dates at about 70 and 85 % of the rows, and an end that leaves out the stray last ones. */
function datedWindows(sorted: Float64Array): TimeWindows | null {
  const day = (ms: number): string => new Date(Math.floor(ms / DAY) * DAY).toISOString().slice(0, 10);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  const [validationFrom, testFrom, end] = [day(at(0.7)), day(at(0.85)), day(at(0.995) + DAY)];
  if (!(day(sorted[0]!) < validationFrom && validationFrom < testFrom && testFrom < end)) return null;
  const shareOf = (from: string, to: string): number => lowerShare(sorted, Date.parse(to) - 1) - lowerShare(sorted, Date.parse(from) - 1);
  return { kind: "dates", validation: { from: validationFrom, to: testFrom }, test: { from: testFrom, to: end }, testShare: shareOf(testFrom, end) };
}

/** Share of the values that are at most this. */
function lowerShare(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low / sorted.length;
}
