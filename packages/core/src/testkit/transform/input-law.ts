import type { DType, Field } from "../../contracts/frame.js";
import type { Transform } from "../../contracts/transform.js";
import { MillraceError } from "../../errors/millrace-error.js";
import type { Law } from "../law.js";
import { learn, modelOf, type TransformCase } from "./transform-case.js";

/** What a column of the data, or a value behind a model, may be. */
const TYPES: Readonly<Record<NonNullable<TransformCase["place"]>, readonly DType[]>> = { features: ["string", "float64", "int64", "bool", "timestamp"], after: ["string", "float64"] };

/**
 * A config is held against `fields` before anything runs, and against nothing else: what `fields` lets pass must be learnt from and lowered. So each column
 * of the case is given each other type in turn, and whatever is not refused must work.
 */
export const inputLaw: Law<TransformCase> = {
  name: "fields refuses the columns that it cannot take",
  check(subject) {
    const transform = subject.create();
    for (const one of subject.refuses ?? []) if (!refuses(transform, [one])) throw new Error(`fields takes "${one.name}" (${one.dtype}), which it must refuse`);
    if (transform.learnsFrom === "target-only") return;
    const { fields, place = "features" } = subject;
    const given = fields.flatMap((own, at) => TYPES[place].filter((dtype) => dtype !== own.dtype).map((dtype) => fields.with(at, { ...own, dtype, categories: null })));
    for (const input of given) if (!refuses(transform, input)) work(subject, input);
  },
};

/** Whether `fields` throws TRANSFORM_INPUT. Throws what else it throws. */
function refuses(transform: Transform, input: readonly Field[]): boolean {
  try {
    transform.fields(input);
    return false;
  } catch (error) {
    if (MillraceError.is(error, "TRANSFORM_INPUT")) return true;
    throw new Error(`fields of ${typesOf(input)} does not throw TRANSFORM_INPUT: ${String(error)}`, { cause: error });
  }
}

function work({ frame: _, ...subject }: TransformCase, fields: readonly Field[]): void {
  const other = { ...subject, fields };
  try {
    const transform = other.create();
    modelOf(other, transform, learntOf(other, transform));
  } catch (error) {
    throw new Error(`fields takes ${typesOf(fields)}, and the transform cannot: ${String(error)}`, { cause: error });
  }
}

/** A value may be refused where it is learnt from: no type tells that a number is no probability. Without a row there is none. */
function learntOf(subject: TransformCase, transform: Transform): unknown {
  try {
    return learn(subject, transform);
  } catch (error) {
    if (!MillraceError.is(error)) throw error;
    return learn(subject, transform, 0);
  }
}

function typesOf(fields: readonly Field[]): string {
  return fields.map(({ name, dtype }) => `"${name}" (${dtype})`).join(", ");
}
