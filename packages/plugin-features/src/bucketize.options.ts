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
  .superRefine(({ strategy, edges }, context) => {
    const mistake = (path: readonly (string | number)[], message: string) => context.addIssue({ code: "custom", path: [...path], message });
    if (strategy === "edges" && edges === null) mistake(["edges"], 'is needed where strategy is "edges"');
    if (strategy !== "edges" && edges !== null) mistake(["edges"], 'goes with strategy "edges" only');
    const at = (edges ?? []).findIndex((edge, index) => index > 0 && !(edge > edges![index - 1]!));
    if (at > 0) mistake(["edges", at], `must be above the edge before it, which is ${edges![at - 1]}`);
  });
