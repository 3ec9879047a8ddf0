import { z } from "zod";

export const pcaOptions = z.strictObject({
  components: z.int().min(1).max(256).nullable().default(null).describe("How many components, at most; null: as many as there are columns."),
  variance: z.number().gt(0).max(1).nullable().default(null).describe("Only as many components as explain this share of the variance; null: all."),
  whiten: z.boolean().default(false).describe("Scale each component to variance 1 over the training rows."),
  prefix: z.string().min(1).regex(/^[^$]/, 'must not begin with "$": such names are reserved').default("pca").describe("The components are `<prefix>_1`, `<prefix>_2` and so on."),
});
