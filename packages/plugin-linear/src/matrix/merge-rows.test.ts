import { seeded } from "@millrace/core";
import { describe, expect, it } from "vitest";
import { mergeRows } from "./merge-rows.js";

/** Rows of one number and one code, and what each distinct one weighs in all. */
function rows(count: number, draw: () => readonly [number, number, number, number]) {
  const drawn = Array.from({ length: count }, draw);
  const numbers = Float32Array.from(drawn, ([x]) => x);
  const entries = Int32Array.from(drawn, ([, code]) => code);
  const target = Float64Array.from(drawn, ([, , y]) => y);
  const weight = Float64Array.from(drawn, ([, , , w]) => w);
  return { numbers, entries, target, weight };
}

function totals(numbers: Float32Array, entries: Int32Array, target: Float64Array, weight: Float64Array | null, count: number): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const key = `${numbers[i]} ${entries[i]} ${target[i]}`;
    sums.set(key, (sums.get(key) ?? 0) + (weight?.[i] ?? 1));
  }
  return sums;
}

describe("mergeRows", () => {
  it.each([10, 5_000, 300_000])("keeps the weight of each distinct one of %i rows", (count) => {
    const random = seeded("merge");
    const { numbers, entries, target, weight } = rows(count, () => [Math.floor(random() * 20), Math.floor(random() * 900), random() < 0.5 ? 0 : 1, 1 + Math.floor(random() * 3)]);
    for (const weights of [null, weight]) {
      const [x, code, y] = [numbers.slice(), entries.slice(), target.slice()];
      const merged = mergeRows(x, code, y, weights);
      const expected = totals(numbers, entries, target, weights, count);
      expect(merged.rows).toBe(expected.size);
      expect(totals(x, code, y, merged.weight, merged.rows)).toEqual(expected);
    }
  });

  it("leaves rows alone that do not repeat", () => {
    const random = seeded("apart");
    const { numbers, entries, target } = rows(150_000, () => [random(), 0, 0, 1]);
    const before = numbers.slice();
    const merged = mergeRows(numbers, entries, target, null);
    expect(merged.rows).toBeGreaterThan(149_000);
    expect(totals(numbers, entries, target, merged.weight, merged.rows)).toEqual(totals(before, entries, target, null, before.length));
  });
});
