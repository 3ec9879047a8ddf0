import { z } from "zod";

export const inProcessOptions = z.strictObject({
  slots: z.int().min(1).max(256).default(1).describe("How many tasks may run at once. They share one thread: more than one helps where tasks wait for a disk or a network.").meta({ location: true }),
});
