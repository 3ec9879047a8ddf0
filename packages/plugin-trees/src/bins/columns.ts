import { type Field, MillraceError, widthOf } from "@millrace/core";

/** One column of the trees: a number feature, one element of a vector, or a code feature. */
export interface TreeColumn {
  readonly feature: string;
  /** The element of a vector; 0 for scalars. */
  readonly element: number;
  readonly width: number;
  /** Null for numbers. */
  readonly categories: readonly string[] | null;
}

/** The features as columns, vectors taken apart. Throws TREES_FEATURE for a column that is neither number nor code, TREES_INPUT where there is none. */
export function treeColumns(features: readonly Field[]): readonly TreeColumn[] {
  const refused = features.find((feature) => feature.categories === null && (feature.dtype !== "float32" || feature.shape === null));
  if (refused !== undefined) throw featureError(refused);
  const columns = features.flatMap((field) => {
    const width = field.categories === null ? widthOf(field) : 1;
    return Array.from({ length: width }, (_, element): TreeColumn => ({ feature: field.name, element, width, categories: field.categories }));
  });
  if (columns.length === 0) throw new MillraceError({ code: "TREES_INPUT", message: "The model has no features.", mend: "Give it at least one column under `columns` or `features`." });
  return columns;
}

function featureError(feature: Field): MillraceError {
  return new MillraceError({
    code: "TREES_FEATURE",
    message: `Feature "${feature.name}" is a ${feature.dtype} column; trees take float32 numbers and category codes.`,
    mend: `Put a transform before the trainer that makes one of "${feature.name}", such as { use: "category", from: ["${feature.name}"] }, or drop the column.`,
    facts: { column: feature.name, dtype: feature.dtype },
  });
}
