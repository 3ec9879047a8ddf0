import { z } from "zod";
import { averagedShape } from "./averaged.options.js";

export const recallOptions = z.strictObject(averagedShape);

export type RecallOptions = z.output<typeof recallOptions>;
