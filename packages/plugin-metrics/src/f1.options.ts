import { z } from "zod";
import { averagedShape } from "./averaged.options.js";

export const f1Options = z.strictObject(averagedShape);

export type F1Options = z.output<typeof f1Options>;
