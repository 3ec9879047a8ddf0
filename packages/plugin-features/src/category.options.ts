import { z } from "zod";

/** Shared by the transforms whose categories are learnt. */
export const categoryLimits = {
  minCount: z.int().min(1).default(1).describe("Categories seen in fewer training rows count as unseen."),
  maxCategories: z.int().min(1).nullable().default(null).describe("Keep at most this many, the most frequent; the others count as unseen. null: all."),
  other: z.string().min(1).nullable().default(null).describe("Name of a category for all that `minCount` and `maxCategories` leave out, and then for what training did not see; null: they count as unseen."),
};

export const categoryOptions = z.strictObject(categoryLimits);
