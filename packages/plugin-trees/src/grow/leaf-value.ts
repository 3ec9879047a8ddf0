/** The penalties and bounds of a leaf's value. */
export interface LeafRules {
  readonly l1: number;
  readonly l2: number;
}

/** The value that lowers the loss most (Chen and Guestrin 2016, equation 5), within bounds. */
export function leafValue(gradient: number, hessian: number, { l1, l2 }: LeafRules, least = -Infinity, most = Infinity): number {
  const shrunk = Math.sign(gradient) * Math.max(Math.abs(gradient) - l1, 0);
  return Math.min(Math.max(shrunk === 0 ? 0 : -shrunk / (hessian + l2), least), most);
}

/** Twice the loss that the value takes away. */
export function worthOf(gradient: number, hessian: number, rules: LeafRules, least = -Infinity, most = Infinity): number {
  const value = leafValue(gradient, hessian, rules, least, most);
  return -(2 * gradient * value + (hessian + rules.l2) * value * value + 2 * rules.l1 * Math.abs(value));
}
