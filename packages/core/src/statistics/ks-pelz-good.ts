const PI2 = Math.PI ** 2;
const SQRT_2PI = Math.sqrt(2 * Math.PI);

/**
 * P(D_n < d) for large n: the expansion to n^-3/2 of W. Pelz and I. J. Good, "Approximating the lower tail-areas of the
 * Kolmogorov-Smirnov one-sample statistic", J. R. Stat. Soc. B 38 (1976).
 */
export function kolmogorovByPelzGood(n: number, d: number): number {
  const z = Math.sqrt(n) * d;
  const terms = Math.ceil((16 * z) / Math.PI);
  const [k0, k1, k2, k3] = overOdd(z, terms);
  const [extra2, extra3] = overWhole(z, terms);
  return k0 + k1 / Math.sqrt(n) + (k2 + extra2) / n + (k3 + extra3) / n ** 1.5;
}

/** The sums over half-integers k + 1/2 of K0 to K3. */
function overOdd(z: number, terms: number): readonly [number, number, number, number] {
  const z2 = z * z;
  const z4 = z2 * z2;
  const z6 = z4 * z2;
  const z8 = z4 * z4;
  const sums: [number, number, number, number] = [0, 0, 0, 0];
  for (let k = terms; k >= 1; k--) {
    const m2 = (2 * k - 1) ** 2;
    const m4 = m2 * m2;
    const weight = Math.exp((-PI2 * m2) / (8 * z2));
    sums[0] += weight;
    sums[1] += weight * (-z2 + (PI2 * m2) / 4);
    sums[2] += weight * (6 * z6 + 2 * z4 + ((2 * z4 - 5 * z2) * PI2 * m2) / 4 + (PI2 ** 2 * (1 - 2 * z2) * m4) / 16);
    sums[3] +=
      weight *
      (-30 * z6 - 90 * z8 + (PI2 * (135 * z4 - 96 * z6) * m2) / 4 + (PI2 ** 2 * (-60 * z2 + 212 * z4) * m4) / 16 + (PI2 ** 3 * (5 - 30 * z2) * m4 * m2) / 64);
  }
  return [(sums[0] * SQRT_2PI) / z, (sums[1] * SQRT_2PI) / (6 * z4), (sums[2] * SQRT_2PI) / (72 * z6 * z), (sums[3] * SQRT_2PI) / (6480 * z8 * z2)];
}

/** The sums over whole k that K2 and K3 hold besides. */
function overWhole(z: number, terms: number): readonly [number, number] {
  let second = 0;
  let third = 0;
  for (let k = terms; k >= 1; k--) {
    const weight = Math.exp((-PI2 * k * k) / (2 * z * z)) * k * k;
    second += weight;
    third += weight * (3 * z * z - PI2 * k * k);
  }
  return [(second * PI2 * SQRT_2PI) / (-36 * z ** 3), (third * PI2 * SQRT_2PI) / (216 * z ** 6)];
}
