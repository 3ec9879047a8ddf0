import fc from "fast-check";
import { expect, it } from "vitest";
import { numberSet } from "./number-set.js";

it("holds each number once, up to its most, and begins anew", () => {
  const set = numberSet(20);
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer({ min: -12, max: 12 }), fc.double({ noNaN: true })), { maxLength: 60 }), (numbers) => {
      set.clear(numbers.length);
      const known = new Set<number>();
      for (const number of numbers.map((one) => one + 0)) {
        expect(set.add(number)).toBe(known.has(number) || known.size < 20);
        if (known.size < 20) known.add(number);
      }
      expect([...set.sorted()]).toEqual([...known].sort((left, right) => left - right));
    }),
  );
});
