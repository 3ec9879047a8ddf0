import type { Transform } from "@millrace/core";
import type { z } from "zod";
import { log1p } from "./log1p.js";
import type { logOptions } from "./log.options.js";
import { nothing } from "./nothing.js";
import { numberTransform } from "./number-transform.js";

/** Natural logarithm. Learns nothing; missing stays missing. */
export function log({ offset }: z.infer<typeof logOptions>): Transform<null> {
  return numberTransform("log", () => nothing, (x, _state, math) => (offset === 1 ? log1p(x, math) : math.log(offset === 0 ? x : math.add(x, offset))));
}
