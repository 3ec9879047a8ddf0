import type { Field } from "../../contracts/frame.js";
import type { TransformUse } from "../../contracts/resolved.js";
import type { Problem } from "../../contracts/trainer.js";
import type { Transform } from "../../contracts/transform.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { suggest } from "../../errors/nearest.js";
import { predictionField } from "../../graph/lower.js";

/** What a transform behind the model reads, and what its first result is called (null: the transform decides). */
export type AfterPlace = Pick<TransformUse, "from" | "as">;

/** A place with its columns named: by default the model's one value (`score`, `probabilities` or `prediction`). */
export function placeOf({ from, as }: AfterPlace, problem: Problem): AfterPlace {
  return { from: from.length > 0 ? from : [predictionField(problem).name], as };
}

/** A result that is promised behind the model: as the transform describes it, and what it is called there. */
export interface Promised {
  readonly own: Field;
  readonly name: string;
}

/** What a transform behind the model promises, by the names of its results. Throws AFTER_NAME for a name that the core gives itself, and what `fields` throws. */
export function promisedBehind(transform: Transform, { as }: AfterPlace, input: readonly Field[], problem: Problem): readonly Promised[] {
  return transform.fields(input).map((own, index) => {
    const name = index === 0 && as !== null ? as : own.name;
    const taken = problem.kind === "regression" ? [] : ["label", "probabilities"].filter((one) => one !== predictionField(problem).name);
    if (taken.includes(name)) throw new MillraceError({ code: "AFTER_NAME", message: `A transform in \`after\` gives "${name}", which the core makes of \`${predictionField(problem).name}\`.`, mend: "Name it otherwise with `as`.", facts: { name } });
    return { own, name };
  });
}

/** Whether a promised result says whether to act on a row. */
export function isDecision(own: Field): boolean {
  return own.name === "decision" && own.dtype === "bool";
}

/** Throws AFTER_NO_VALUE. */
export function valueNamed<T>(values: ReadonlyMap<string, T>, name: string): T {
  const value = values.get(name);
  if (value === undefined) throw new MillraceError({ code: "AFTER_NO_VALUE", message: `\`after\` reads "${name}", which nothing behind the model gives.`, mend: suggest(name, values.keys()) });
  return value;
}
