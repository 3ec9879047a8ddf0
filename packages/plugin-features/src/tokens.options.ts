import { z } from "zod";

/** The most numbers of a dense vector: of 262,144 rows it takes 4 GiB. */
export const WIDEST_DENSE = 4_096;

export const tokensOptions = z
  .strictObject({
    as: z.enum(["count", "presence", "tf-idf"]).default("count").describe("`count`: how often a token stands in the text; `presence`: 1 where it does; `tf-idf`: counts weighed by how rare the token is in training, each row scaled to length 1."),
    delimiter: z.string().min(1).default(" ").describe("What stands between two tokens. Letters stay as they are: to count `Red` and `red` as one, write lower case in the source's SQL (`lower(text)`), and take punctuation out there."),
    dense: z.boolean().default(false).describe("A vector of all its numbers, for trainers that take no sparse ones: as much memory as rows times `features`, at most 4,096 of them."),
    features: z.int().min(1).max(2 ** 20).optional().describe("Numbers of a row, at most. Without `hash`: the tokens that occur most often in training. Default: 262,144, and 256 where `dense`."),
    hash: z.boolean().default(false).describe("Spread all tokens over `features` numbers by a hash, so that rare ones count too and several share one number."),
    minCount: z.int().min(1).default(1).describe("Tokens that stand in fewer training rows are left out."),
    sublinear: z.boolean().default(false).describe("For `tf-idf`: 1 + the logarithm of a count in its place."),
    norm: z.enum(["l2", "none"]).default("l2").describe("For `tf-idf`: `none` leaves rows as long as they are."),
  })
  .superRefine(({ as, sublinear, norm, dense, features }, context) => {
    const mistake = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (as !== "tf-idf" && sublinear) mistake("sublinear", 'goes with as "tf-idf" only');
    if (as !== "tf-idf" && norm !== "l2") mistake("norm", 'goes with as "tf-idf" only');
    if (dense && features !== undefined && features > WIDEST_DENSE) mistake("features", `must be at most ${WIDEST_DENSE} where dense is true`);
  });
