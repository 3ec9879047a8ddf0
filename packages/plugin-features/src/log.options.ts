import { z } from "zod";

export const logOptions = z.strictObject({
  offset: z.number().default(1).describe("The natural logarithm of the value plus this: 1 is log1p, exact near 0. Values below minus the offset become missing, minus the offset itself minus infinity."),
});
