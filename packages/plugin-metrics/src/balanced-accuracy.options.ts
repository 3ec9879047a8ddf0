import { z } from "zod";
import { decisionShape } from "./decision.options.js";

export const balancedAccuracyOptions = z.strictObject(decisionShape);

export type BalancedAccuracyOptions = z.output<typeof balancedAccuracyOptions>;
