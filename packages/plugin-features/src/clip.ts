import type { Transform } from "@millrace/core";
import type { z } from "zod";
import type { clipOptions } from "./clip.options.js";
import { nothing } from "./nothing.js";
import { numberTransform } from "./number-transform.js";

/** Values held between fixed bounds; missing stays missing. */
export function clip({ lower, upper }: z.infer<typeof clipOptions>): Transform<null> {
  // Compared and chosen: ONNX Min and Max leave open what they do with NaN.
  return numberTransform("clip", () => nothing, (x, _state, { where, less, greater }) => {
    const above = lower === null ? x : where(less(x, lower), lower, x);
    return upper === null ? above : where(greater(above, upper), upper, above);
  });
}
