import { widthOf, type Column, type Field, type Signature } from "@millrace/core";

/** Whether the greatest of an output's numbers can be asked for. */
export function hasClasses({ dtype }: Field): boolean {
  return dtype === "float32" || dtype === "float64";
}

/** What the places of `probabilities` stand for; null: nothing. */
export function labelsOf({ problem }: Pick<Signature, "problem">): readonly string[] | null {
  return problem !== null && "classes" in problem ? problem.classes : null;
}

/**
 * The classification extension of Triton: of each row in [from, to) the greatest `classes` values, the greatest first, each as
 * `value:place` or `value:place:label`. A number that is missing comes last; of equal ones the first comes first.
 */
export function classesOf(column: Column, field: Field, classes: number, labels: readonly string[] | null, from: number, to: number): readonly string[] {
  const { values } = column as Extract<Column, { dtype: "float32" }>;
  const width = widthOf(field);
  const texts: string[] = [];
  for (let row = from; row < to; row++) {
    const place = (at: number): number => (Number.isNaN(values[row * width + at]) ? -Infinity : values[row * width + at]!);
    const places = Array.from({ length: width }, (_, at) => at).sort((left, right) => (place(left) < place(right) ? 1 : place(left) > place(right) ? -1 : left - right));
    for (const at of places.slice(0, classes)) texts.push(`${values[row * width + at]}:${at}${labels?.length === width ? `:${labels[at]}` : ""}`);
  }
  return texts;
}

/** How many texts `classesOf` gives for each row. */
export function classCount(field: Field, classes: number): number {
  return Math.min(classes, widthOf(field));
}
