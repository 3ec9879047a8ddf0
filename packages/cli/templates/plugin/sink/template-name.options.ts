import { z } from "zod";

export const templateNameOptions = z.strictObject({
  folder: z.string().min(1).describe("The folder, relative to the config.").meta({ location: true }),
});
