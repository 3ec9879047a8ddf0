import { z } from "zod";


/** Options of gradient boosting; each description ends with what it is called elsewhere where that is another word. */
export const gradientBoostingOptions = z.strictObject({
  trees: z.int().positive().default(100).describe("Rounds of boosting; of a multiclass problem each round grows a tree per class. Elsewhere: n_estimators, num_round, max_iter."),
  learningRate: z.number().positive().max(1).default(0.1).describe("What share of its best value each leaf adds. Elsewhere: eta, shrinkage."),
  growth: z.enum(["leaf-wise", "depth-wise"]).default("leaf-wise").describe("leaf-wise: always the leaf that gains most is split. depth-wise: level by level. Elsewhere: grow_policy."),
  leaves: z.int().min(2).max(65_536).optional().describe("Leaves of a tree at most. Default: 31 leaf-wise; no bound depth-wise. Elsewhere: num_leaves, max_leaves, max_leaf_nodes."),
  depth: z.int().min(1).max(64).optional().describe("Splits from the root to a leaf at most; depth-wise at most 16. Default: no bound leaf-wise; 6 depth-wise. Elsewhere: max_depth."),
});

export type GradientBoostingOptions = z.output<typeof gradientBoostingOptions>;
