import { z } from "zod";

export const selectByInformationOptions = z.strictObject({
  most: z.int().min(1).nullable().default(null).describe("Keep at most this many columns, those that tell most of the target; null: all that tell enough."),
  atLeast: z.number().min(0).default(0).describe("Leave out columns that tell less of the target than this (mutual information in nats, beyond what chance gives). The column that tells most stays in any case."),
  buckets: z.int().min(2).max(256).default(16).describe("Numbers, and a target of numbers, are compared by this many buckets of equally many rows."),
});
