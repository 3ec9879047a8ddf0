import { z } from "zod";

export const eceOptions = z.strictObject({ bins: z.number().int().min(1).max(1000).default(10).describe("Bins of equal width over [0, 1].") });

export type EceOptions = z.output<typeof eceOptions>;
