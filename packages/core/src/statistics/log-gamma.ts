// The error of Stirling's series ln(n!) - ln(sqrt(2 pi n)) - n ln(n) + n: DLMF 5.11.1, with Bernoulli numbers B_2 to B_16.
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400];
const LOG_SQRT_2PI = 0.9189385332046728;

/** ln Γ(x) for x > 0. Arguments below 10 climb by the recurrence (DLMF 5.5.1), where Stirling's series is exact to the last digit. */
export function logGamma(x: number): number {
  let product = 1;
  let argument = x;
  while (argument < 10) product *= argument++;
  return (argument - 0.5) * Math.log(argument) - argument + LOG_SQRT_2PI + stirlingError(argument) - Math.log(product);
}

/** ln Γ(x) - ((x - 1/2) ln x - x + ln sqrt(2 pi)), for x > 0. */
export function stirlingError(x: number): number {
  if (x < 10) return logGamma(x) - ((x - 0.5) * Math.log(x) - x + LOG_SQRT_2PI);
  const inverse = 1 / (x * x);
  return STIRLING.reduceRight((sum, coefficient) => sum * inverse + coefficient, 0) / x;
}

/**
 * x ln(x / m) + m - x without cancellation for x near m: the deviance part of C. Loader, "Fast and accurate computation of binomial
 * probabilities" (2000).
 */
export function devianceTerm(x: number, m: number): number {
  const difference = x - m;
  if (Math.abs(difference) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x;
  const v = difference / (x + m);
  let sum = difference * v;
  let power = 2 * x * v;
  for (let j = 1; ; j++) {
    power *= v * v;
    const next = sum + power / (2 * j + 1);
    if (next === sum) return next;
    sum = next;
  }
}
