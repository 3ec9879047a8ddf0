import { z } from "zod";

export const templateNameOptions = z.strictObject({
  folder: z.string().min(1).describe("The folder, relative to the config.").meta({ location: true }),
  level: z.int().min(1).max(9).default(6).describe("How hard to compress: 1 is fastest, 9 smallest.").meta({ location: true }),
});
