// W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969), with the coefficients of his CALERF (1990).
const A = [3.1611237438705656, 113.864154151050156, 377.485237685302021, 3209.37758913846947, 0.185777706184603153];
const B = [23.6012909523441209, 244.024637934444173, 1282.61652607737228, 2844.23683343917062];
const C = [
  0.564188496988670089, 8.88314979438837594, 66.1191906371416295, 298.635138197400131, 881.95222124176909, 1712.04761263407058, 2051.07837782607147,
  1230.33935479799725, 2.15311535474403846e-8,
];
const D = [
  15.7449261107098347, 117.693950891312499, 537.181101862009858, 1621.38957456669019, 3290.79923573345963, 4362.61909014324716, 3439.36767414372164,
  1230.33935480374942,
];
const P = [0.305326634961232344, 0.360344899949804439, 0.125781726111229246, 0.0160837851487422766, 6.58749161529837803e-4, 0.0163153871373020978];
const Q = [2.56852019228982242, 1.87295284992346047, 0.527905102951428412, 0.0605183413124413191, 0.00233520497626869185];
const INVERSE_SQRT_PI = 0.56418958354775628695;

/** The complementary error function, to about 1e-16 relative also far in the tail. */
export function erfc(x: number): number {
  const y = Math.abs(x);
  if (y <= 0.46875) return 1 - erfNearZero(x);
  const tail = scaledTail(y) * expOfMinusSquare(y);
  return x < 0 ? 2 - tail : tail;
}

/** The error function. */
export function erf(x: number): number {
  if (Math.abs(x) <= 0.46875) return erfNearZero(x);
  return x > 0 ? 1 - erfc(x) : erfc(-x) - 1;
}

function erfNearZero(x: number): number {
  const square = x * x;
  let numerator = A[4]! * square;
  let denominator = square;
  for (let i = 0; i < 3; i++) {
    numerator = (numerator + A[i]!) * square;
    denominator = (denominator + B[i]!) * square;
  }
  return (x * (numerator + A[3]!)) / (denominator + B[3]!);
}

/** erfc(y) exp(y²) for y > 0.46875. */
function scaledTail(y: number): number {
  if (y <= 4) {
    let numerator = C[8]! * y;
    let denominator = y;
    for (let i = 0; i < 7; i++) {
      numerator = (numerator + C[i]!) * y;
      denominator = (denominator + D[i]!) * y;
    }
    return (numerator + C[7]!) / (denominator + D[7]!);
  }
  const inverse = 1 / (y * y);
  let numerator = P[5]! * inverse;
  let denominator = inverse;
  for (let i = 0; i < 4; i++) {
    numerator = (numerator + P[i]!) * inverse;
    denominator = (denominator + Q[i]!) * inverse;
  }
  return (INVERSE_SQRT_PI - (inverse * (numerator + P[4]!)) / (denominator + Q[4]!)) / y;
}

/** exp(-y²) with y split at 1/16, so that the square's rounding error does not reach the exponent (Cody). */
function expOfMinusSquare(y: number): number {
  const head = Math.trunc(y * 16) / 16;
  return Math.exp(-head * head) * Math.exp(-(y - head) * (y + head));
}
