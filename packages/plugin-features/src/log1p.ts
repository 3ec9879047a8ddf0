import type { Arithmetic, Value } from "@millrace/core";

/** ln(1 + x) to full precision near 0: Kahan, as in W. Kahan & HP-15C Advanced Functions Handbook (1982): ln(u) * x / (u - 1) with u = fl(1 + x). */
export function log1p(x: Value, { add, sub, mul, div, log, equal, where, less, or }: Arithmetic): Value {
  const u = add(x, 1);
  // At u = 1 the quotient is 0 / 0, and where u is infinite inf / inf.
  const plain = or(equal(u, 1), equal(u, Infinity));
  const corrected = mul(log(u), div(x, sub(u, 1)));
  return where(plain, x, where(less(u, 0), NaN, where(equal(u, 0), -Infinity, corrected)));
}

/** e^x - 1 to full precision near 0: (u - 1) * x / ln(u) with u = fl(e^x), by the same author. */
export function expm1(x: Value, { sub, mul, div, exp, log, equal, where, or }: Arithmetic): Value {
  const u = exp(x);
  const less1 = sub(u, 1);
  const corrected = mul(less1, div(x, log(u)));
  // Far out the correction is 1, or infinity over infinity.
  const far = or(equal(less1, -1), equal(u, Infinity));
  return where(equal(u, 1), x, where(far, less1, corrected));
}
