import { z } from "zod";

export const templateNameOptions = z.strictObject({
  file: z.string().min(1).describe("The file, relative to the config.").meta({ location: true }),
});
