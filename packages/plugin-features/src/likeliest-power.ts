import { minimize } from "./minimize.js";
import { awayFromZero, powered } from "./powered.js";
import { spreadOf } from "./spread.js";

/** Powers are sought here: beyond, what they make of a column is a few values and a tail. */
const WIDEST = 8;

/** e^-16 is the least that a power may make of all values at once: what is added to it is 1, and a double holds 16 digits of the sum. */
const FAINTEST = 16;

/** What a fitted power may make of the training values, as a logarithm: with room below the greatest double where they are scaled afterwards, and below the greatest float32 where they leave as they are. */
export const HIGHEST = { scaled: 700, plain: 85 } as const;

export interface Logarithms {
  /** Ascending; by the method, of the values or of their distance from -1 and 1, with its sign. */
  readonly logs: Float64Array;
  readonly weights: Float64Array;
  readonly count: number;
  /** Yeo and Johnson's power of a negative value is that of its mirror image with 2 - lambda, below 0; Box and Cox's logarithms may be negative themselves. */
  readonly mirrors: boolean;
}

/** The power of the greatest likelihood, of those whose results are finite and not all one number. */
export function likeliestPower(of: Logarithms, highest: number): number {
  const { logs, weights, count } = of;
  // The logarithm of the derivative, but for the factor lambda - 1.
  const slope = logs.reduce((sum, log, index) => sum + weights[index]! * log, 0);
  const deviation = logDeviation(of);
  const [low, high] = range(of, highest);
  return minimize((lambda) => count * deviation(lambda) - (lambda - 1) * slope, Math.max(-WIDEST, low), Math.min(WIDEST, high));
}

/**
 * The logarithm of the standard deviation of what a power gives. Where one formula holds for all values it is that of e^(exponent * (t - reference)) - 1,
 * so that neither far from 0 nor near it anything is lost; where values lie on both sides of 0 their results do so, too.
 */
function logDeviation({ logs, weights, count, mirrors }: Logarithms): (lambda: number) => number {
  const into = new Float64Array(logs.length);
  const [first, last] = [logs[0]!, logs.at(-1)!];
  if (mirrors && first < 0 && last > 0) return (lambda) => Math.log(spreadOf(powered(logs, lambda, mirrors, into), weights, count).deviation);
  const isMirrored = mirrors && first < 0;
  return (lambda) => {
    const exponent = awayFromZero(isMirrored ? 2 - lambda : lambda) * (isMirrored ? -1 : 1);
    const reference = exponent > 0 ? last : first;
    for (let i = 0; i < logs.length; i++) into[i] = Math.expm1(exponent * (logs[i]! - reference));
    return exponent * reference - Math.log(Math.abs(exponent)) + Math.log(spreadOf(into, weights, count).deviation);
  };
}

function range({ logs, mirrors }: Logarithms, highest: number): readonly [number, number] {
  const [first, last] = [logs[0]!, logs.at(-1)!];
  if (!mirrors || first >= 0) return exponents(first, last, highest);
  const [low, high] = last <= 0 ? exponents(-last, -first, highest) : [-Infinity, Math.max(1, highest / -first)];
  return [2 - high, Math.min(2 - low, last <= 0 ? Infinity : Math.max(1, highest / last))];
}

/** Exponents by which e^(exponent * t), of t from `first` to `last`, stays finite and keeps apart; 1, which changes nothing, is never too high. */
function exponents(first: number, last: number, highest: number): readonly [number, number] {
  const low = first > 0 ? -FAINTEST / first : first < 0 ? -highest / -first : -Infinity;
  const high = last < 0 ? FAINTEST / -last : last > 0 ? Math.max(1, highest / last) : Infinity;
  return [low, high];
}
