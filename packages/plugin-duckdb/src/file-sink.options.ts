import * as z from "zod";

/** Where the files of a sink go. */
export const pathOption = z
  .string()
  .min(1)
  .meta({ location: true })
  .describe("A folder, which gets a file per part, or a file (told by its extension), which takes one part; relative to the config.");
