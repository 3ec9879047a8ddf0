import { type Field, MillraceError, widthOf } from "@millrace/core";
import type { CodeColumn, Shape } from "./matrix.js";

/** The features by what a linear model does with them: multiplies numbers, looks codes up. */
export interface FeatureShape extends Shape {
  readonly numberFields: readonly Field[];
  /** The feature of each number. */
  readonly numberNames: readonly string[];
}

/** Throws LINEAR_FEATURE for a column that is neither number nor code. */
export function shapeOf(features: readonly Field[]): FeatureShape {
  const refused = features.find((feature) => feature.categories === null && (feature.dtype !== "float32" || feature.shape === null));
  if (refused !== undefined) throw featureError(refused);
  const numberFields = features.filter(({ categories }) => categories === null);
  const numberNames = numberFields.flatMap((field) => Array.from({ length: widthOf(field) }, () => field.name));
  let size = 1 + numberNames.length;
  const codeColumns: CodeColumn[] = [];
  for (const { name, categories } of features) {
    if (categories === null) continue;
    codeColumns.push({ feature: name, categories, size: categories.length + 2, offset: size });
    size += categories.length + 2;
  }
  return { numberFields, numberNames, width: numberNames.length, codeColumns, size };
}

function featureError(feature: Field): MillraceError {
  return new MillraceError({
    code: "LINEAR_FEATURE",
    message: `Feature "${feature.name}" is a ${feature.dtype} column; a linear model takes float32 numbers and category codes.`,
    mend: `Put a transform before the trainer that makes one of "${feature.name}", such as { use: "category", from: ["${feature.name}"] }, or drop the column.`,
    facts: { column: feature.name, dtype: feature.dtype },
  });
}
