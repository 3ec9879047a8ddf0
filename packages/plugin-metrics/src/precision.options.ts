import { z } from "zod";
import { averagedShape } from "./averaged.options.js";

export const precisionOptions = z.strictObject(averagedShape);

export type PrecisionOptions = z.output<typeof precisionOptions>;
