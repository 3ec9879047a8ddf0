import { z } from "zod";
import { decisionShape } from "./decision.options.js";

export const accuracyOptions = z.strictObject(decisionShape);

export type AccuracyOptions = z.output<typeof accuracyOptions>;
