import { countCodes } from "@millrace/core";
import type { Levels } from "./levels.js";

export function increase(counts: Map<string, number>, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

/** Adds the counts of later rows. */
export function mergeCounts(left: Map<string, number>, right: ReadonlyMap<string, number>): void {
  right.forEach((count, name) => increase(left, name, count));
}

/** Adds the rows of each name: rows are counted by code, a name is touched once. */
export function countLevels({ codes, names }: Levels, counts: Map<string, number>): void {
  const byCode = countCodes(codes, names.length);
  for (let code = 0; code < byCode.length; code++) {
    const name = names[code]!;
    if (name !== null && byCode[code]! > 0) increase(counts, name, byCode[code]!);
  }
}
