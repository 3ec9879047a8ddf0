import type { Field } from "../../contracts/frame.js";
import type { Problem } from "../../contracts/trainer.js";
import type { Transform } from "../../contracts/transform.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { predictionField } from "../../graph/lower.js";
import { isDecision, placeOf, promisedBehind, valueNamed, type AfterPlace, type Promised } from "./place-after.js";

/** What stands behind a model as far as `after` has been gone through. */
export interface Behind {
  readonly problem: Problem;
  readonly values: Map<string, Field>;
  /** The entry of `after` that gives a value; none for the model's own. */
  readonly givers: Map<string, number>;
  /** The entry of `after` that decides by a value. */
  readonly deciders: Map<string, number>;
}

export interface PlacedTransform {
  readonly transform: Transform;
  readonly place: AfterPlace;
}

/** The model's own value, and nothing behind it. */
export function nothingBehind(problem: Problem): Behind {
  const main = predictionField(problem);
  return { problem, values: new Map([[main.name, main]]), givers: new Map(), deciders: new Map() };
}

/** Goes through what stands behind a model before anything is trained. Throws what `placeBehind` throws. */
export function checkAfter(transforms: readonly PlacedTransform[], problem: Problem): void {
  const behind = nothingBehind(problem);
  transforms.forEach((placed, index) => placeBehind(behind, placed, index));
}

/**
 * Adds what entry `index` of `after` gives. Throws AFTER_PROBLEM, AFTER_NO_VALUE, AFTER_NAME, what `fields` throws, and, with the results in
 * their place all the same: AFTER_TWICE for a name that is taken and not that of a value which the transform reads, AFTER_ORDER for a change of what a
 * decision was made of, AFTER_PLACE for something in the place of the model's value that is not such a value.
 */
export function placeBehind({ problem, values, givers, deciders }: Behind, { transform, place }: PlacedTransform, index: number): void {
  if (transform.learnsFrom === "target-only") {
    if (problem.kind === "regression") return;
    throw new MillraceError({ code: "AFTER_PROBLEM", message: `A transform of the target needs a regression problem; this one is ${problem.kind}.`, mend: "Take it out of `after`." });
  }
  const { from, as } = placeOf(place, problem);
  const promised = promisedBehind(transform, { from, as }, from.map((name) => ({ ...valueNamed(values, name), name })), problem);
  const mistakes: MillraceError[] = [];
  for (const { own, name } of promised) {
    const giver = givers.get(name);
    if (giver === index || (values.has(name) && !from.includes(name))) mistakes.push(givenTwice(name, giver, index));
    else if (deciders.has(name)) mistakes.push(changedBehind(name, deciders.get(name)!));
    else if (name === predictionField(problem).name) mistakes.push(...outOfPlace({ own, name }, transform, problem));
    values.set(name, { ...own, name });
    givers.set(name, index);
  }
  if (promised.some(({ own }) => isDecision(own))) for (const name of from) deciders.set(name, deciders.get(name) ?? index);
  if (mistakes.length > 0) throw mistakes[0]!;
}

function givenTwice(name: string, giver: number | undefined, index: number): MillraceError {
  const other = giver === undefined ? "which the model gives" : giver === index ? "which it gives twice" : `which after[${giver}] gives`;
  return new MillraceError({ code: "AFTER_TWICE", message: `A transform in \`after\` gives "${name}", ${other}: it may take the place of nothing but what it reads.`, mend: "Name it otherwise with `as`, or remove one of the two.", facts: { name } });
}

function changedBehind(name: string, decider: number): MillraceError {
  return new MillraceError({
    code: "AFTER_ORDER",
    message: `A transform in \`after\` changes "${name}" when after[${decider}] has decided by it: the decision would not be that of the "${name}" beside it.`,
    mend: `Put it before after[${decider}], or name its result otherwise with \`as\`.`,
    facts: { name },
  });
}

/** In the place of probabilities stands what learns them from the target: nothing else promises any. */
function outOfPlace({ own, name }: Promised, { learnsFrom }: Transform, problem: Problem): readonly MillraceError[] {
  const isNumber = own.dtype === "float32" || own.dtype === "float64";
  if (isNumber && (problem.kind === "regression" || learnsFrom === "target")) return [];
  const what = problem.kind === "regression" ? "number" : "probability";
  const why = isNumber ? "it does not learn from the target" : `it gives ${own.dtype}`;
  return [
    new MillraceError({
      code: "AFTER_PLACE",
      message: `A transform in \`after\` takes the place of "${name}" and promises no ${what}: ${why}.`,
      mend: `Name its result otherwise with \`as\`, so that it stands beside "${name}".`,
      facts: { name },
    }),
  ];
}
