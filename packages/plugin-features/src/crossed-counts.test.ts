import { codedColumn, createFrame, field, type Frame } from "@millrace/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { crossName } from "./cross-name.js";
import { crossedCounts } from "./crossed-counts.js";

const fields = ["a", "b", "c", "d"].map((name) => field(name, "string"));

/** Texts by their code; 0 is missing. */
function frameOf(rows: readonly (readonly number[])[], texts: readonly string[]): Frame {
  return createFrame(fields, fields.map((_, index) => codedColumn(Int32Array.from(rows, (row) => row[index]! - 1), texts)), rows.length);
}

function countedOneByOne(rows: readonly (readonly number[])[], texts: readonly string[]) {
  const single = fields.map(() => new Map<string, number>());
  const crossed = new Map<string, number>();
  const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const row of rows) {
    row.forEach((code, index) => code > 0 && count(single[index]!, texts[code - 1]!));
    if (!row.includes(0)) count(crossed, crossName(row.map((code) => texts[code - 1]!)));
  }
  return { single, crossed };
}

// 4^4 combinations are counted in an array where rows are many. 20,001^4 are more than numbers are exact.
it.each([[3, 100], [400, 100], [20_000, 8]])("counts what counting row by row gives, of %i texts", (size, numRuns) => {
  const texts = Array.from({ length: size }, (_, index) => (index % 3 === 0 ? `×${index}` : `text ${index}`));
  const row = fc.tuple(...fields.map(() => fc.nat(size)));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), fc.constantFrom(1, 1, 1, 50), (some, times) => {
      const rows = Array.from({ length: times }, () => some).flat();
      const fold = crossedCounts(fields);
      const { single, crossed } = fold.finish(fold.add(fold.start(), frameOf(rows, texts)));
      const expected = countedOneByOne(rows, texts);
      expect(crossed).toEqual(expected.crossed);
      expect(single).toEqual(expected.single);
    }),
    { numRuns },
  );
});
