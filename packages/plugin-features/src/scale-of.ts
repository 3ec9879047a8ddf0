/** A width to divide by: one of nothing, or within rounding of it, counts as 1 (scikit-learn, `_handle_zeros_in_scale`). */
export function scaleOf(width: number): number {
  return width >= 10 * Number.EPSILON ? width : 1;
}
