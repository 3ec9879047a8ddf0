import { z } from "zod";
import { decisionShape } from "./decision.options.js";

export const confusionOptions = z.strictObject(decisionShape);

export type ConfusionOptions = z.output<typeof confusionOptions>;
