/** What float32 can tell from 0 and from 1: log-odds stay within 17.3 of 0. */
export const LEAST_PROBABILITY = 2 ** -25;

/** The logarithm of p : 1 - p, of a probability held away from 0 and 1. */
export function logOdds(probability: number): number {
  const held = Math.min(Math.max(probability, LEAST_PROBABILITY), 1 - LEAST_PROBABILITY);
  return Math.log(held / (1 - held));
}
