import { type Field, MillraceError, widthOf } from "@millrace/core";
import type { CodeColumn, Shape } from "./matrix.js";

/** The features by what a linear model does with them: multiplies numbers, looks codes up. Which places of sparse vectors have parameters is known when rows were read. */
export interface FeatureShape extends Shape {
  readonly sparseFields: readonly Field[];
  readonly numberFields: readonly Field[];
  /** The feature of each number. */
  readonly numberNames: readonly string[];
}

/** Throws LINEAR_FEATURE for a column that is neither number nor code nor sparse vector. */
export function shapeOf(features: readonly Field[]): FeatureShape {
  const refused = features.find((feature) => feature.categories === null && ((feature.dtype !== "float32" && feature.dtype !== "sparse") || feature.shape === null));
  if (refused !== undefined) throw featureError(refused);
  const numberFields = features.filter(({ categories, dtype }) => categories === null && dtype !== "sparse");
  const numberNames = numberFields.flatMap((field) => Array.from({ length: widthOf(field) }, () => field.name));
  let size = 1 + numberNames.length;
  const codeColumns: CodeColumn[] = [];
  for (const { name, categories } of features) {
    if (categories === null) continue;
    codeColumns.push({ feature: name, categories, size: categories.length + 2, offset: size });
    size += categories.length + 2;
  }
  const sparseFields = features.filter(({ dtype }) => dtype === "sparse");
  return { numberFields, numberNames, width: numberNames.length, codeColumns, sparseFields, sparseColumns: [], sparseOffset: size, size };
}

function featureError(feature: Field): MillraceError {
  return new MillraceError({
    code: "LINEAR_FEATURE",
    message: `Feature "${feature.name}" is a ${feature.dtype} column; a linear model takes float32 numbers, category codes and sparse vectors.`,
    mend: `Put a transform before the trainer that makes one of "${feature.name}", such as { use: "category", from: ["${feature.name}"] }, or drop the column.`,
    facts: { column: feature.name, dtype: feature.dtype },
  });
}
