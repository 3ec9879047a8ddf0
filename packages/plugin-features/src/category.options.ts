import { z } from "zod";

/** Shared by the transforms whose categories are learnt. */
export const categoryLimits = {
  minCount: z.int().min(1).default(1).describe("Categories seen in fewer training rows count as unseen."),
  maxCategories: z.int().min(1).nullable().default(null).describe("Keep at most this many, the most frequent; the others count as unseen. null: all."),
};

export const categoryOptions = z.strictObject(categoryLimits);
