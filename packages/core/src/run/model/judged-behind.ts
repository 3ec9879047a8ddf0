import type { Field } from "../../contracts/frame.js";
import type { Problem } from "../../contracts/trainer.js";
import type { Transform } from "../../contracts/transform.js";
import { predictionField } from "../../graph/lower.js";
import { isDecision, placeOf, promisedBehind, valueNamed, type AfterPlace } from "./place-after.js";

/**
 * The entries of `after`, by their index, that change what metrics see: the model's own value, or its decision where the problem is binary.
 * Transforms of the target are none of them: each model holds their inverses by itself.
 */
export function judgedBehind(after: readonly { readonly transform: Transform; readonly place: AfterPlace }[], problem: Problem): readonly number[] {
  const main = predictionField(problem);
  const known = new Map<string, Field>([[main.name, main]]);
  return after.flatMap(({ transform, place }, index) => {
    if (transform.learnsFrom === "target-only") return [];
    const input = placeOf(place, problem).from.map((name) => ({ ...valueNamed(known, name), name }));
    const promised = promisedBehind(transform, place, input, problem);
    for (const { own, name } of promised) known.set(name, { ...own, name });
    return promised.some(({ own, name }) => name === main.name || (problem.kind === "binary" && isDecision(own))) ? [index] : [];
  });
}
