/**
 * e^x, one value and two at once, by the same operations in the same order, so that both builds of the kernels give the same bits: x = n ln 2 + r, and
 * a polynomial of degree 8 for e^r (relative error below 3e-10, which float32 gradients do not see), its terms in pairs so that they do not wait for each other
 * (G. Estrin, "Organization of computer systems", 1960).
 */
const LOG2_E: f64 = 1.4426950408889634;
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
/** Adding it rounds to a whole number, which is then in the lowest bits. */
const ROUND: f64 = 6755399441055744.0;
const LEAST: f64 = -700.0;
const MOST: f64 = 700.0;

// @ts-ignore: decorator
@inline
export function exp(value: f64): f64 {
  const x = min(max(value, LEAST), MOST);
  const rounded = x * LOG2_E + ROUND;
  const n = rounded - ROUND;
  const r = x - n * LN2_HIGH - n * LN2_LOW;
  const square = r * r;
  const fourth = square * square;
  const low = 1.0 + r + square * (1.0 / 2.0 + r * (1.0 / 6.0));
  const middle = 1.0 / 24.0 + r * (1.0 / 120.0) + square * (1.0 / 720.0 + r * (1.0 / 5040.0));
  const sum = low + fourth * (middle + fourth * (1.0 / 40320.0));
  return sum * reinterpret<f64>((reinterpret<i64>(rounded) + 1023) << 52);
}

// @ts-ignore: decorator
@inline
export function expPair(value: v128): v128 {
  const x = f64x2.pmin(f64x2.pmax(value, f64x2.splat(LEAST)), f64x2.splat(MOST));
  const rounded = f64x2.add(f64x2.mul(x, f64x2.splat(LOG2_E)), f64x2.splat(ROUND));
  const n = f64x2.sub(rounded, f64x2.splat(ROUND));
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(n, f64x2.splat(LN2_HIGH))), f64x2.mul(n, f64x2.splat(LN2_LOW)));
  const square = f64x2.mul(r, r);
  const fourth = f64x2.mul(square, square);
  const low = f64x2.add(f64x2.add(f64x2.splat(1.0), r), f64x2.mul(square, f64x2.add(f64x2.splat(1.0 / 2.0), f64x2.mul(r, f64x2.splat(1.0 / 6.0)))));
  const cubic = f64x2.add(f64x2.splat(1.0 / 720.0), f64x2.mul(r, f64x2.splat(1.0 / 5040.0)));
  const middle = f64x2.add(f64x2.add(f64x2.splat(1.0 / 24.0), f64x2.mul(r, f64x2.splat(1.0 / 120.0))), f64x2.mul(square, cubic));
  const sum = f64x2.add(low, f64x2.mul(fourth, f64x2.add(middle, f64x2.mul(fourth, f64x2.splat(1.0 / 40320.0)))));
  return f64x2.mul(sum, i64x2.shl(i64x2.add(rounded, i64x2.splat(1023)), 52));
}

const LN2: f64 = 0.6931471805599453;
const SQRT_HALF_BITS: i64 = 0x3fe6a09e667f3bcd;

/** ln x of a positive normal number: x = 2^n m with m about 1, and the series of artanh((m - 1) / (m + 1)). The library's own reads tables, and memory is not its to lay out. */
export function log(x: f64): f64 {
  const shifted = reinterpret<i64>(x) - SQRT_HALF_BITS;
  const n = shifted >> 52;
  const m = reinterpret<f64>(reinterpret<i64>(x) - (n << 52));
  const s = (m - 1.0) / (m + 1.0);
  const square = s * s;
  let sum: f64 = 1.0 / 17.0;
  for (let odd: f64 = 15.0; odd >= 1.0; odd -= 2.0) sum = sum * square + 1.0 / odd;
  return 2.0 * s * sum + <f64>n * LN2;
}
