import { z } from "zod";
import { decisionShape } from "./decision.options.js";

export const mccOptions = z.strictObject(decisionShape);

export type MccOptions = z.output<typeof mccOptions>;
