import type { Served } from "../models/served.js";
import type { PredictLimits } from "../protocol/predict-limits.js";
import type { Turns } from "./turns.js";
import { overloaded, unavailable } from "./failures.js";

const BUSY = overloaded();
const BROKEN = unavailable();

/** Whether a request may be read at all; said before its body is, so that a refusal costs next to nothing. Throws SERVE_BUSY and SERVE_UNAVAILABLE. */
export function admit({ lane, breaker }: Served, turns: Turns, { queue, waitMs }: Pick<PredictLimits, "queue" | "waitMs">): void {
  if (lane.pending >= queue || Math.max(turns.age, lane.age) > waitMs) throw BUSY;
  if (breaker.isOpen()) throw BROKEN;
}
