/**
 * What a leaf is worth (T. Chen and C. Guestrin, "XGBoost: A Scalable Tree Boosting System", KDD 2016, equation 6, with l1): twice the loss that its
 * best weight takes away. Bounds of the weight come from monotone constraints.
 */

/** The gradient with the l1 penalty taken off. */
// @ts-ignore: decorator
@inline
export function shrunk(gradient: f64, l1: f64): f64 {
  return copysign(max(abs(gradient) - l1, 0.0), gradient);
}

// @ts-ignore: decorator
@inline
export function bounded(gradient: f64, hessian: f64, l1: f64, l2: f64, least: f64, most: f64): f64 {
  return min(max(-shrunk(gradient, l1) / (hessian + l2), least), most);
}

// @ts-ignore: decorator
@inline
export function worthAt(weight: f64, gradient: f64, hessian: f64, l1: f64, l2: f64): f64 {
  return -(2.0 * gradient * weight + (hessian + l2) * weight * weight + 2.0 * l1 * abs(weight));
}
