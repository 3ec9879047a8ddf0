import { z } from "zod";

export const calibrateOptions = z.strictObject({
  method: z
    .enum(["platt", "isotonic"])
    .default("platt")
    .describe("`platt`: a sigmoid of the log-odds, two numbers to learn: for few rows, and it keeps rows apart. `isotonic`: any curve that never falls: from about a thousand rows of the rarer class, and rows of one step become equal."),
});

export type CalibrateOptions = z.output<typeof calibrateOptions>;
