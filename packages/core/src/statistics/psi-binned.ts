import { domainError, requireArgument, requireSample } from "./domain.js";
import { psi } from "./divergence.js";
import { quantiles } from "./quantile.js";
import { sorted } from "./sorted.js";

export interface BinnedPsi {
  readonly edges: readonly number[];
  /** Shares of the reference and the current sample per bin. */
  readonly p: readonly number[];
  readonly q: readonly number[];
  readonly psi: number;
}

/**
 * The population stability index over bins cut at the reference's quantiles 0, 1/bins, ..., 1 (equal ones once): bin i holds
 * (edge i-1, edge i], the first and the last are open to the outside. Throws STATISTICS_DOMAIN.
 */
export function psiQuantile(reference: ArrayLike<number>, current: ArrayLike<number>, bins = 10, floor = 1e-4): BinnedPsi {
  requireSamples(reference, current);
  requireArgument("bins", bins, Number.isInteger(bins) && bins >= 1, "a whole number of at least 1");
  const cuts = quantiles(
    sorted(reference),
    Array.from({ length: bins + 1 }, (_, i) => i / bins),
  );
  const edges = cuts.filter((edge, i) => i === 0 || edge !== cuts[i - 1]);
  const bin = (value: number): number => lowerBound(edges, value);
  return compared(edges, shares(reference, edges.length + 1, bin), shares(current, edges.length + 1, bin), floor);
}

/**
 * The same over bins of equal width between the extremes of both samples together, their number by H. A. Sturges' rule (1926), the last
 * closed on the right. Throws STATISTICS_DOMAIN.
 */
export function psiSturges(reference: ArrayLike<number>, current: ArrayLike<number>, floor = 1e-4): BinnedPsi {
  requireSamples(reference, current);
  const all = sorted([...Array.from(reference), ...Array.from(current)]);
  const low = all[0]!;
  const high = all.at(-1)!;
  if (!Number.isFinite(high - low)) throw domainError("A sample holds an infinite value.", "Drop infinite values first, and report how many.");
  const bins = high > low ? Math.ceil(Math.log2(all.length) + 1) : 1;
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + ((high - low) * i) / bins));
  // By the edges themselves, so that a value on an edge does not depend on how a division rounds.
  const bin = (value: number): number => Math.min(bins - 1, value === high ? bins - 1 : upperBound(edges, value) - 1);
  return compared(edges, shares(reference, bins, bin), shares(current, bins, bin), floor);
}

function compared(edges: readonly number[], p: readonly number[], q: readonly number[], floor: number): BinnedPsi {
  return { edges, p, q, psi: psi(p, q, floor) };
}

function shares(values: ArrayLike<number>, bins: number, bin: (value: number) => number): readonly number[] {
  const counts = Array.from<number>({ length: bins }).fill(0);
  for (let i = 0; i < values.length; i++) counts[bin(values[i]!)]!++;
  return counts.map((count) => count / values.length);
}

/** How many edges lie below the value. */
function lowerBound(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many edges lie at or below the value. */
function upperBound(edges: readonly number[], value: number): number {
  let count = lowerBound(edges, value);
  while (count < edges.length && edges[count] === value) count++;
  return count;
}

function requireSamples(reference: ArrayLike<number>, current: ArrayLike<number>): void {
  requireSample("reference", reference);
  requireSample("current", current);
}
