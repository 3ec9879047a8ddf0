import { z } from "zod";

/** The most numbers of a dense vector: of 262,144 rows it takes 4 GiB. */
export const WIDEST_DENSE = 4_096;

export const tokensOptions = z
  .strictObject({
    as: z.enum(["count", "presence", "tf-idf"]).default("count").describe("`count`: how often a token stands in the text; `presence`: 1 where it does; `tf-idf`: counts weighed by how rare the token is in training, each row scaled to length 1."),
    delimiter: z.string().min(1).default(" ").describe("What stands between two tokens. Letters stay as they are: bring case and punctuation into line in the source's SQL, or declare a normalisation of the column."),
    dense: z.boolean().default(false).describe("A vector of all its numbers, for trainers that take no sparse ones: as much memory as rows times `features`, at most 4,096 of them."),
    features: z.int().min(1).max(2 ** 20).optional().describe("Numbers of a row, at most. Without `hash`: the tokens that occur most often in training. Default: 262,144, and 256 where `dense`."),
    hash: z.boolean().default(false).describe("Spread all tokens over `features` numbers by a hash, so that rare ones count too and several share one number."),
    minCount: z.int().min(1).default(1).describe("Tokens that stand in fewer training rows are left out."),
    sublinear: z.boolean().default(false).describe("For `tf-idf`: 1 + the logarithm of a count in its place."),
    norm: z.enum(["l2", "none"]).default("l2").describe("For `tf-idf`: `none` leaves rows as long as they are."),
  })
  .refine(({ as, sublinear, norm }) => as === "tf-idf" || (!sublinear && norm === "l2"), { error: "`sublinear` and `norm` go with `as: \"tf-idf\"`." })
  .refine(({ dense, features }) => !dense || features === undefined || features <= WIDEST_DENSE, { error: `A dense vector has at most ${WIDEST_DENSE} numbers: set \`features\` to no more, or leave \`dense\` out.` });
