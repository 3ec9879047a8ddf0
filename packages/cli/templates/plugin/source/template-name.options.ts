import { z } from "zod";

export const templateNameOptions = z.strictObject({
  file: z.string().min(1).describe("The file, relative to the config.").meta({ location: true }),
  columns: z.record(z.string().min(1), z.enum(["string", "float64", "float32", "int32", "int64", "bool", "timestamp"])).describe("The columns and their types; other members of a line are passed over."),
});
