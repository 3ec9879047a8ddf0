import { type Field, MillraceError, widthOf } from "@millrace/core";

export interface CodeField extends Field {
  readonly categories: readonly string[];
}

/** The features by what a linear model does with them: multiplies numbers, looks codes up. Throws LINEAR_FEATURE for any other column. */
export function splitFeatures(features: readonly Field[]): { readonly numbers: readonly Field[]; readonly codes: readonly CodeField[] } {
  const numbers: Field[] = [];
  const codes: CodeField[] = [];
  for (const feature of features) {
    if (isCode(feature)) codes.push(feature);
    else if (feature.dtype === "float32" && feature.shape !== null) numbers.push(feature);
    else throw refused(feature);
  }
  return { numbers, codes };
}

export function isCode(field: Field): field is CodeField {
  return field.categories !== null;
}

/** Numbers per row of all number features. */
export function numberWidth(features: readonly Field[]): number {
  return features.reduce((sum, feature) => sum + (isCode(feature) ? 0 : widthOf(feature)), 0);
}

/** Parameters of one output: the intercept, one per number, one per category and two more per code column (missing, unseen). */
export function parameterCount(features: readonly Field[]): number {
  return features.reduce((sum, feature) => sum + (isCode(feature) ? feature.categories.length + 2 : 0), 1 + numberWidth(features));
}

function refused(feature: Field): MillraceError {
  return new MillraceError({
    code: "LINEAR_FEATURE",
    message: `Feature "${feature.name}" is a ${feature.dtype} column; a linear model takes float32 numbers and category codes.`,
    mend: `Put a transform before the trainer that makes one of "${feature.name}", such as { use: "category", from: ["${feature.name}"] }, or drop the column.`,
    facts: { column: feature.name, dtype: feature.dtype },
  });
}
