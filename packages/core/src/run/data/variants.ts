import type { ResolvedModel } from "../../contracts/resolved.js";

/** How many parts a model is cross-validated by; 0: it is not. */
export function crossValidationParts(model: Pick<ResolvedModel, "split">): number {
  return Number(model.split.with["parts"] ?? 0);
}

/** Suffixes of the tasks that cross-validation adds, one per part: `-cv-0`, `-cv-1`, ... Each part has its own split, features, model and evaluation. */
export function crossValidationSuffixes(model: Pick<ResolvedModel, "split">): readonly string[] {
  return Array.from({ length: crossValidationParts(model) }, (_, part) => `-cv-${part}`);
}
