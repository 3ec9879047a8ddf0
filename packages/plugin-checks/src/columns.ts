import { MillraceError, suggest, type Field } from "@millrace/core";

/** The fields of these columns. Throws CHECK_COLUMN for one that is not there, or that has a dtype which the check cannot look at. */
export function fieldsOf(check: string, input: readonly Field[], names: readonly string[], accepts: (field: Field) => boolean = () => true, accepted = "any"): readonly Field[] {
  return names.map((name) => {
    const field = input.find((one) => one.name === name);
    if (field === undefined)
      throw new MillraceError({
        code: "CHECK_COLUMN",
        message: `The check "${check}" names column "${name}", which is not there.`,
        mend: suggest(name, input.map((one) => one.name)),
        facts: { check, column: name },
      });
    if (!accepts(field))
      throw new MillraceError({
        code: "CHECK_COLUMN",
        message: `The check "${check}" cannot look at column "${name}", whose dtype is ${field.dtype}.`,
        mend: `Name ${accepted} columns only.`,
        facts: { check, column: name, dtype: field.dtype },
      });
    return field;
  });
}

export function isScalar({ shape }: Field): boolean {
  return shape !== null && shape.length === 0;
}

export function isNumeric(field: Field): boolean {
  return isScalar(field) && field.dtype !== "string" && field.dtype !== "bytes";
}
