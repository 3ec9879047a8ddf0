import type { Arithmetic, Value } from "@millrace/core";

// M. J. Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics 37 (1988), routine PPND16, from the highest power down.
const CENTRE = {
  up: [2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513, 133.14166789178438, 3.3871328727963665],
  down: [5226.495278852546, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579, 42.31333070160091, 1],
};
const SIDE = {
  up: [0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835],
  down: [1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851, 1.6763848301838038, 2.053191626637759, 1],
};

/** Shares nearer to 0 or 1 than this are held there, as scikit-learn does: results lie within -5.2 and 5.2. */
const NEAREST = 1e-7;

/** The quantile of the standard normal distribution at shares in [0, 1] (float64, any width), to about 1e-15. NaN stays NaN. */
export function normalQuantile(share: Value, math: Arithmetic): Value {
  const { sub, mul, add, div, log, sqrt, abs, neg, where, less, lessOrEqual, greater } = math;
  const held = where(less(share, NEAREST), NEAREST, where(greater(share, 1 - NEAREST), 1 - NEAREST, share));
  const centred = sub(held, 0.5);
  const ratio = ({ up, down }: typeof CENTRE, x: Value) => div(horner(up, x, math), horner(down, x, math));
  const inner = mul(centred, ratio(CENTRE, sub(0.180625, mul(centred, centred))));
  // At NEAREST the root is 4.1: the region beyond 5 is never reached.
  const tail = where(less(centred, 0), held, sub(1, held));
  const outer = ratio(SIDE, add(sqrt(neg(log(tail))), -1.6));
  return where(lessOrEqual(abs(centred), 0.425), inner, where(less(centred, 0), neg(outer), outer));
}

function horner(coefficients: readonly number[], x: Value, { add, mul }: Arithmetic): Value {
  const [highest, next, ...rest] = coefficients as [number, number, ...number[]];
  return rest.reduce((sum, coefficient) => add(mul(sum, x), coefficient), add(mul(x, highest), next));
}
