import { z } from "zod";

export const threadsOptions = z.strictObject({
  threads: z.int().min(1).max(256).optional().describe("How many tasks run at once, each in a thread of its own. Default: limits.threads.").meta({ location: true }),
});
