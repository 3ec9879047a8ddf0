import type { Field } from "../../contracts/frame.js";
import type { ResolvedModel, Use } from "../../contracts/resolved.js";
import type { Trainer } from "../../contracts/trainer.js";
import type { IssueSpec } from "../../config/issue.js";
import { placeTransform, rawSlots, type Slot } from "../features/scope.js";
import type { PlacedUse } from "./feature-issues.js";

/** Sparse vectors that would reach a trainer that takes none: the model's own, or a baseline. `create` is called only where there are some, and gives null where options are wrong. */
export async function sparseIssues(fields: readonly Field[], features: readonly PlacedUse[], { train, evaluate }: ResolvedModel, create: (use: Use<"trainer">) => Promise<Trainer | null>): Promise<readonly IssueSpec[]> {
  const sparse = sparseSlots(fields, features);
  if (sparse.length === 0) return [];
  const trainers = await Promise.all([train, ...evaluate.baselines].map(async (use) => ({ name: use.name, trainer: await create(use) })));
  const refusing = trainers.flatMap(({ name, trainer }) => (trainer === null || trainer.sparse === true ? [] : [{ name, because: trainer.sparse.because }]));
  return sparse.flatMap(({ index, slot: { field } }) => {
    const transform = features[index]!.use.use.name;
    return refusing.map(({ name, because }) => ({
      path: ["features", index],
      message: `gives the trainer "${name}" a sparse vector, "${field.name}", which it does not take. ${because}`,
      found: transform,
      mend: `Set the option that makes it a dense vector, and its size (to see them, run: millrace plugins ${transform}), or use a trainer that takes sparse vectors.`,
    }));
  });
}

/** What is sparse in scope at the end, and which feature made it; of features that cannot be placed others tell. */
function sparseSlots(fields: readonly Field[], features: readonly PlacedUse[]): readonly { readonly index: number; readonly slot: Slot }[] {
  const slots = new Map(rawSlots(fields));
  const made = new Map<string, number>();
  for (const [index, { use, transform }] of features.entries()) {
    try {
      for (const { id } of placeTransform(slots, use, transform, index, "features").outputs) made.set(id, index);
    } catch {
      return [];
    }
  }
  return [...slots.values()].flatMap((slot) => (slot.field.dtype === "sparse" ? [{ index: made.get(slot.id)!, slot }] : []));
}
