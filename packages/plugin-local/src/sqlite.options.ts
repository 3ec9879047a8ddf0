import { z } from "zod";

export const sqliteOptions = z.strictObject({
  path: z.string().min(1).optional().describe("The database file, relative to the config file. Default: store.sqlite in the project's state folder.").meta({ location: true }),
  watchInterval: z.int().min(1).max(60_000).default(200).describe("How often, in milliseconds, a watcher looks for what other processes committed.").meta({ location: true }),
});
