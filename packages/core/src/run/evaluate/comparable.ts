import type { Field } from "../../contracts/frame.js";
import type { Signature } from "../../contracts/model.js";
import type { Problem } from "../../contracts/trainer.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { widthOf } from "../../frame/frame.js";

/** The data that a champion is to be judged on. */
export interface Grounds {
  readonly problem: Problem;
  /** The raw columns. */
  readonly fields: readonly Field[];
  readonly target: string | null;
}

/** How many classes or columns a message names. */
const SHOWN = 5;

/**
 * Throws COMPARE_CHAMPION where a champion cannot be judged on these rows: another kind of problem, other classes, another positive one, or a raw
 * column that is gone or of another type. What it would say of them has another meaning, and a model is easily better than that. `champion`: `delays@3`.
 */
export function requireComparable(champion: string, signature: Signature, { problem, fields, target }: Grounds): void {
  const different = problemDifference(signature.problem, problem);
  if (different !== null) throw notComparable(champion, different.text, { column: target, value: different.classes });
  const missing = inputDifferences(signature.inputs, fields);
  if (missing.length > 0) throw notComparable(champion, `${some(missing, "; ")}.`, {});
}

interface Difference {
  readonly text: string;
  /** The classes that the text quotes: they are data. */
  readonly classes: readonly string[];
}

function problemDifference(theirs: Problem | null, ours: Problem): Difference | null {
  if (theirs === null || theirs.kind !== ours.kind) return { text: `its problem is ${theirs?.kind ?? "none"}, and that of this data is ${ours.kind}.`, classes: [] };
  if (theirs.kind === "regression" || ours.kind === "regression") return null;
  const unknown = ours.classes.filter((one) => !theirs.classes.includes(one));
  const gone = theirs.classes.filter((one) => !ours.classes.includes(one));
  if (unknown.length + gone.length > 0) {
    const told = [unknown.length === 0 ? [] : [`it does not know ${classesText(unknown)}`], gone.length === 0 ? [] : [`this data does not have its ${classesText(gone)}`]].flat();
    return { text: `${told.join(", and ")}.`, classes: [...unknown, ...gone] };
  }
  if (theirs.kind === "multiclass" || ours.kind === "multiclass" || theirs.positive === ours.positive) return null;
  return { text: `its positive class is "${theirs.positive}", and columns.positive is "${ours.positive}" now.`, classes: [theirs.positive, ours.positive] };
}

function inputDifferences(inputs: readonly Field[], fields: readonly Field[]): readonly string[] {
  return inputs.flatMap((input) => {
    const given = fields.find(({ name }) => name === input.name);
    if (given === undefined) return [`it reads the column "${input.name}", which is not there`];
    return given.dtype === input.dtype && widthOf(given) === widthOf(input) ? [] : [`it reads the column "${input.name}" as ${typeText(input)}, which is ${typeText(given)} now`];
  });
}

function typeText(field: Field): string {
  return widthOf(field) === 1 ? field.dtype : `${field.dtype} with ${widthOf(field)} values a row`;
}

function classesText(classes: readonly string[]): string {
  return `class${classes.length === 1 ? "" : "es"} ${some(classes.map((one) => `"${one}"`), ", ")}`;
}

function some(all: readonly string[], between: string): string {
  return `${all.slice(0, SHOWN).join(between)}${all.length > SHOWN ? `${between}and ${all.length - SHOWN} more` : ""}`;
}

function notComparable(champion: string, difference: string, facts: Readonly<Record<string, unknown>>): MillraceError {
  const model = champion.slice(0, champion.lastIndexOf("@"));
  return new MillraceError({
    code: "COMPARE_CHAMPION",
    message: `A gate compares with the champion ${champion}, which cannot be judged on these rows: ${difference}`,
    mend: `Take the gates with versus: "champion" out of models.${model}.evaluate.gates for one run, so that the alias moves to a version of this data; move it to a version that can be compared with millrace models alias; or give this model another name.`,
    facts: { champion, ...facts },
  });
}
