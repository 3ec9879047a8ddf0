import type { Loss } from "./loss.js";

/** Half the squared error. */
export const squaredLoss: Loss = {
  outputs: 1,
  slopes(margins, { target, weight }, from, count) {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const error = margins[i]! - target[from + i]!;
      const slope = weight === null ? error : weight[from + i]! * error;
      sum += 0.5 * slope * error;
      margins[i] = slope;
    }
    return sum;
  },
  curvatures(margins, { weight }, from, count) {
    if (weight === null) margins.fill(1, 0, count);
    else margins.set(weight.subarray(from, from + count));
  },
};
