import { domainError, requireArgument, requireSameLength, requireWeights } from "./domain.js";

/** Σ p ln(p / q) after both are scaled to sum 1, in nats; Infinity where q is 0 and p is not. Throws STATISTICS_DOMAIN. */
export function klDivergence(p: readonly number[], q: readonly number[]): number {
  const [left, right] = shares(p, q);
  return left.reduce((sum, share, i) => sum + (share === 0 ? 0 : share * Math.log(share / right[i]!)), 0);
}

export interface JensenShannonResult {
  readonly divergence: number;
  /** Its square root: a metric. */
  readonly distance: number;
}

/** The Jensen-Shannon divergence of two histograms, each scaled to sum 1. `base`: of the logarithm, default e. Throws STATISTICS_DOMAIN. */
export function jensenShannon(p: readonly number[], q: readonly number[], base: number = Math.E): JensenShannonResult {
  requireArgument("base", base, base > 0 && base !== 1, "above 0 and not 1");
  const [left, right] = shares(p, q);
  const middle = left.map((share, i) => (share + right[i]!) / 2);
  const divergence = Math.max(0, (klDivergence(left, middle) + klDivergence(right, middle)) / 2 / (base === Math.E ? 1 : Math.log(base)));
  return { divergence, distance: Math.sqrt(divergence) };
}

/**
 * The population stability index Σ (p - q) ln(p / q) of two histograms of shares. A share of 0 counts as `floor` (default 1e-4), and the
 * others stay as they are. Throws STATISTICS_DOMAIN.
 */
export function psi(p: readonly number[], q: readonly number[], floor = 1e-4): number {
  requireSameLength(p, q, "p and q");
  requireWeights("p", p);
  requireWeights("q", q);
  requireArgument("floor", floor, floor > 0, "above 0");
  return p.reduce((sum, share, i) => {
    const left = share === 0 ? floor : share;
    const right = q[i] === 0 ? floor : q[i]!;
    return sum + (left - right) * Math.log(left / right);
  }, 0);
}

function shares(p: readonly number[], q: readonly number[]): readonly [readonly number[], readonly number[]] {
  requireSameLength(p, q, "p and q");
  if (p.length === 0) throw domainError("p and q hold no bins.", "Pass at least one bin.");
  const left = requireWeights("p", p);
  const right = requireWeights("q", q);
  return [p.map((value) => value / left), q.map((value) => value / right)];
}
