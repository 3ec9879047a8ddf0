import { array, assert, double, integer, property } from "fast-check";
import { expect, it } from "vitest";
import { seeded } from "../frame/random.js";
import { sortNumbers } from "./sort-numbers.js";

it("sorts as the language does, to the bit, float32 and any others", () => {
  assert(
    property(array(double({ noNaN: true }), { maxLength: 30 }), integer({ min: 1, max: 40 }), integer(), (few, repeats, seed) => {
      const random = seeded(seed);
      const values = Float64Array.from({ length: 60 * repeats }, (_, index) => (index < few.length ? few[index]! : index % 3 === 0 ? Math.fround(random() - 0.5) : index % 3 === 1 ? (random() - 0.5) * 10 ** (40 * random()) : Math.floor(5 * random())));
      expect(sortNumbers(values.slice())).toEqual(values.slice().sort());
    }),
    { numRuns: 60 },
  );
});

it("sorts a view in its place", () => {
  const all = Float64Array.from({ length: 3_000 }, (_, index) => -index);
  sortNumbers(all.subarray(500, 2_500));
  expect([all[499], all[500], all[2_499], all[2_500]]).toEqual([-499, -2_499, -500, -2_500]);
});
