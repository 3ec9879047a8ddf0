/**
 * The root of a variance, with 0 for what is only rounding dust of numbers as large as `scale`: dust differs from one partition of the rows
 * to another.
 */
export function standardError(variance: number, scale: number): number {
  return variance <= (1e-13 * scale) ** 2 ? 0 : Math.sqrt(variance);
}
