import type { Json } from "@millrace/core";

export interface Example {
  readonly row: number;
  readonly value: Json;
}

/** As many as a finding shows. */
const MOST = 10;

/** Whether a row of this number would be among the first. */
export function isExample(examples: readonly Example[], row: number): boolean {
  return examples.length < MOST || row < examples.at(-1)!.row;
}

/** Keeps the examples of the lowest row numbers, in order, so that they do not depend on how the rows were cut. */
export function keepExample(examples: Example[], example: Example): void {
  let at = examples.length;
  while (at > 0 && examples[at - 1]!.row > example.row) at--;
  examples.splice(at, 0, example);
  if (examples.length > MOST) examples.pop();
}

export function mergeExamples(left: readonly Example[], right: readonly Example[]): Example[] {
  return [...left, ...right].sort((one, other) => one.row - other.row).slice(0, MOST);
}
