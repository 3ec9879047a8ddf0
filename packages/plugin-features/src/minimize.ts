/** (3 - sqrt(5)) / 2. */
const GOLDEN = 0.3819660112501051;

/**
 * The place of the least value of a function with one valley in [low, high], to `tolerance`: R. P. Brent, "Algorithms for Minimization without
 * Derivatives" (1973), chapter 5, localmin. What is not finite counts as infinitely high.
 */
export function minimize(of: (x: number) => number, low: number, high: number, tolerance = 1e-9): number {
  const value = (x: number) => {
    const found = of(x);
    return Number.isFinite(found) ? found : Infinity;
  };
  let [a, b] = [low, high];
  let x = a + GOLDEN * (b - a);
  let [w, v] = [x, x];
  let fx = value(x);
  let [fw, fv] = [fx, fx];
  let [step, before] = [0, 0];
  for (let iteration = 0; iteration < 200; iteration++) {
    const middle = (a + b) / 2;
    const near = Number.EPSILON * Math.abs(x) + tolerance;
    if (Math.abs(x - middle) <= 2 * near - (b - a) / 2) break;
    const parabolic = Math.abs(before) > near ? parabola(x, w, v, fx, fw, fv) : NaN;
    if (Math.abs(parabolic) < Math.abs(before / 2) && x + parabolic > a && x + parabolic < b) {
      before = step;
      step = parabolic;
      const u = x + step;
      if (u - a < 2 * near || b - u < 2 * near) step = x < middle ? near : -near;
    } else {
      before = x < middle ? b - x : a - x;
      step = GOLDEN * before;
    }
    const u = x + (Math.abs(step) >= near ? step : step > 0 ? near : -near);
    const fu = value(u);
    if (fu <= fx) {
      if (u < x) b = x;
      else a = x;
      [v, fv, w, fw, x, fx] = [w, fw, x, fx, u, fu];
    } else {
      if (u < x) a = u;
      else b = u;
      if (fu <= fw || w === x) [v, fv, w, fw] = [w, fw, u, fu];
      else if (fu <= fv || v === x || v === w) [v, fv] = [u, fu];
    }
  }
  return x;
}

/** From x to the vertex of the parabola through three points; NaN where there is none. */
function parabola(x: number, w: number, v: number, fx: number, fw: number, fv: number): number {
  const r = (x - w) * (fx - fv);
  const q = (x - v) * (fx - fw);
  return -((x - v) * q - (x - w) * r) / (2 * (q - r));
}
