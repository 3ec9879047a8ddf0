import { z } from "zod";

export const bucketizeOptions = z
  .strictObject({
    strategy: z.enum(["quantile", "width", "edges"]).default("quantile").describe("`quantile`: buckets of equally many training rows; `width`: of equal width between the least and the greatest training value; `edges`: those given."),
    buckets: z.int().min(2).max(1000).default(10).describe("How many buckets, for `quantile` and `width`; fewer where quantiles are equal."),
    edges: z
      .array(z.number())
      .min(1)
      .max(999)
      .nullable()
      .default(null)
      .describe("Ascending edges, for `strategy: \"edges\"`: a value falls into the bucket that begins at the greatest edge not above it; what is below all edges has a bucket of its own."),
  })
  .refine(({ strategy, edges }) => (strategy === "edges") === (edges !== null), { error: "`edges` goes with `strategy: \"edges\"`, and only with it." })
  .refine(({ edges }) => edges === null || edges.every((edge, index) => index === 0 || edge > edges[index - 1]!), { error: "`edges` must ascend." });
