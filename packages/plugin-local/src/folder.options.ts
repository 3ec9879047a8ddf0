import { z } from "zod";

export const folderOptions = z.strictObject({
  path: z.string().min(1).optional().describe("The folder, relative to the config file. Default: artifacts in the project's state folder.").meta({ location: true }),
});
