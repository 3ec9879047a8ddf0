import { z } from "zod";

const share = z.number().positive().max(1);

const classWeight = z
  .union([z.literal("balanced"), z.record(z.string(), z.number().positive())])
  .nullable()
  .default(null)
  .describe('Factors of the rows\' weights by class: "balanced" makes all classes weigh the same (weight of all rows / (classes * weight of the class)), or { "<class>": factor }, 1 for a class that is not named. Probabilities are then no frequencies, unless `calibrate` stands in `after`.');

const goss = z
  .strictObject({
    topShare: share.max(0.99).default(0.2).describe("The share of the rows, those of the greatest gradients, that each tree learns from in any case."),
    otherShare: share.max(0.99).default(0.1).describe("The share of the rows that is drawn from the others; their gradients weigh as much more."),
  })
  .refine(({ topShare, otherShare }) => topShare + otherShare <= 1, { error: "topShare and otherShare are more than all rows together" })
  .nullable()
  .default(null)
  .describe("Gradient-based one-side sampling, instead of rowShare: faster, a little less exact. null: none.");

/** Options of gradient boosting; a description ends with what the option is called elsewhere where that is another word. */
export const gradientBoostingOptions = z.strictObject({
  trees: z.int().positive().max(100_000).default(100).describe("Rounds of boosting; of a multiclass problem each round grows a tree per class. Elsewhere: n_estimators, num_round, max_iter."),
  learningRate: z.number().positive().max(1).default(0.1).describe("What share of its best value each leaf adds. Elsewhere: eta, shrinkage."),
  growth: z.enum(["leaf-wise", "depth-wise"]).default("leaf-wise").describe("leaf-wise: always the leaf that gains most is split. depth-wise: level by level. Elsewhere: grow_policy."),
  leaves: z.int().min(2).max(65_536).optional().describe("Leaves of a tree at most. Default: 31 leaf-wise; as many as the depth allows depth-wise. Elsewhere: num_leaves, max_leaves, max_leaf_nodes."),
  depth: z.int().min(1).max(64).optional().describe("Splits from the root to a leaf at most. Default: no bound leaf-wise; 6 depth-wise, where it is at most 16. Elsewhere: max_depth."),
  objective: z
    .union([
      z.enum(["squared", "absolute", "huber", "quantile", "poisson", "logistic", "softmax"]),
      z.strictObject({
        module: z.string().min(1).meta({ module: true }).describe("A file in TypeScript or JavaScript, relative to the config, with a loss of your own. What it imports by relative paths belongs to it."),
        export: z.string().min(1).default("default").describe("The name under which it exports the loss."),
      }),
    ])
    .optional()
    .describe("The loss. Default: logistic for two classes, softmax for more, squared for numbers; absolute, huber, quantile and poisson are for numbers. { module, export } names a loss of your own."),
  quantile: z.number().gt(0).lt(1).default(0.5).describe("Which quantile of the target the objective `quantile` learns. Elsewhere: alpha, quantile_alpha."),
  huberDelta: z.number().positive().default(1).describe("Up to which distance the objective `huber` is squared; beyond, it is linear. In units of the target. Elsewhere: huber_slope, alpha."),
  rowShare: share.default(1).describe("The share of the rows that is drawn for each round. Elsewhere: subsample, bagging_fraction."),
  columnShare: share.default(1).describe("The share of the columns that is drawn for each tree. Elsewhere: colsample_bytree, feature_fraction."),
  goss,
  quantizedGradients: z
    .boolean()
    .default(false)
    .describe("Each tree learns from gradients that are rounded to integers, up or down by chance: at most 16,384 steps, beyond 65,536 rows fewer (about 1,000 at a million). The same trees for any number of threads, but other ones where the rows are in another order. Elsewhere: use_quantized_grad."),
  l1: z.number().nonnegative().default(0).describe("Penalty on the absolute values of leaves. Elsewhere: reg_alpha, lambda_l1."),
  l2: z.number().nonnegative().default(1).describe("Penalty on the squares of the values of leaves. Elsewhere: reg_lambda, lambda_l2, l2_regularization."),
  minGain: z.number().nonnegative().default(0).describe("By how much a split lowers twice the loss at least. Elsewhere: gamma, min_split_loss, min_gain_to_split."),
  minChildWeight: z.number().nonnegative().default(1).describe("Sum of second derivatives in a leaf at least. Elsewhere: min_sum_hessian_in_leaf."),
  minChildRows: z.number().min(1).default(1).describe("Rows in a leaf at least, each counted by its weight. Above 1 it takes about twice the time. Elsewhere: min_data_in_leaf, min_samples_leaf."),
  bins: z.int().min(2).max(255).default(255).describe("Ranges that the values of a number column are told apart by at most; missing values have one more. Elsewhere: max_bin, max_bins."),
  categorySmoothing: z.number().nonnegative().default(10).describe("Draws the order of rare categories to the middle: second derivatives that are added to each category's before its mean gradient is taken. Elsewhere: cat_smooth."),
  categoryL2: z.number().nonnegative().default(10).describe("Penalty beside `l2` where splits by sets of categories are compared. Elsewhere: cat_l2."),
  earlyStopping: z.int().positive().nullable().default(null).describe("Ends the training when the loss of the validation part was not lowered for so many rounds, and keeps the best round. null: all rounds. Elsewhere: early_stopping_rounds, n_iter_no_change."),
  classWeight,
  monotone: z
    .record(z.string(), z.enum(["increasing", "decreasing"]))
    .default({})
    .describe("By number feature: the prediction never falls (increasing) or never rises (decreasing) with it. Elsewhere: monotone_constraints."),
  interactions: z
    .array(z.array(z.string()).min(1))
    .nullable()
    .default(null)
    .describe("Groups of features that may act together: the splits on one path are all of one group. A feature that no group names acts alone. null: all may. Elsewhere: interaction_constraints."),
});

export type GradientBoostingOptions = z.output<typeof gradientBoostingOptions>;
