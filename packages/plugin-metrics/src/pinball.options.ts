import { z } from "zod";

export const pinballOptions = z.strictObject({ quantile: z.number().gt(0).lt(1).default(0.5).describe("The quantile that the prediction stands for, in (0, 1).") });

export type PinballOptions = z.output<typeof pinballOptions>;
