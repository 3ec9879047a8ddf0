import { requireArgument } from "./domain.js";

/** Quantiles of an ascending sample, linear between order statistics: definition 7 of R. J. Hyndman and Y. Fan (1996). Throws STATISTICS_DOMAIN. */
export function quantiles(ascending: Float64Array, shares: readonly number[]): readonly number[] {
  return shares.map((share) => {
    requireArgument("share", share, share >= 0 && share <= 1, "in [0, 1]");
    const position = share * (ascending.length - 1);
    const below = Math.floor(position);
    const low = ascending[below]!;
    const high = ascending[Math.min(below + 1, ascending.length - 1)]!;
    return low === high ? low : low + (high - low) * (position - below);
  });
}
