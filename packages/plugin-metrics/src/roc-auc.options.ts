import { z } from "zod";

export const rocAucOptions = z.strictObject({
  multiclass: z.enum(["ovr", "ovo"]).default("ovr").describe("Multiclass: each class against the rest, or each ordered pair of classes."),
  average: z.enum(["macro", "weighted"]).default("macro").describe("Multiclass: the plain mean over classes or pairs, or by their rows."),
});

export type RocAucOptions = z.output<typeof rocAucOptions>;
