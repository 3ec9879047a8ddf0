import { MillraceError, type Field } from "@millrace/core";

/**
 * The one column of probabilities that a transform behind a classifier takes: `score`, or the vector `probabilities`. Throws TRANSFORM_INPUT for
 * anything else; the `prediction` of a regression is a number, and no probability.
 */
export function requireProbabilities(transform: string, input: readonly Field[]): Field {
  const [field] = input;
  if (field !== undefined && input.length === 1 && field.name !== "prediction" && (field.dtype === "float32" || field.dtype === "float64")) return field;
  const found = input.map(({ name, dtype }) => `"${name}" (${dtype})`).join(", ") || "nothing";
  throw new MillraceError({
    code: "TRANSFORM_INPUT",
    message: `\`${transform}\` takes the probabilities of a classifier, and got ${found}.`,
    mend: `Put \`${transform}\` under \`after\` of a classifier, without \`from\`; a number as target makes a regression unless columns.positive or columns.task is set.`,
    facts: { transform, columns: input.map(({ name }) => name) },
  });
}
