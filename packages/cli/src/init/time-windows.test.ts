import fc from "fast-check";
import { expect, it } from "vitest";
import type { NumberFacts } from "./column-facts.js";
import { timeWindowsOf } from "./time-windows.js";

const DAY = 86_400_000;
const times = (values: readonly number[]): NumberFacts => ({ sorted: Float64Array.from(values).sort(), areWhole: true, areAscending: false });
const daily = (days: number): readonly number[] => Array.from({ length: days }, (_, day) => Date.UTC(2020, 0, 1) + day * DAY);

it.each([
  [9, "1d"],
  [60, "7d"],
  [180, "1mo"],
  [2 * 365, "3mo"],
  [10 * 365, "1y"],
])("%i days of one row a day: %s", (days, length) => {
  expect(timeWindowsOf(times(daily(days)))).toMatchObject({ kind: "durations", test: length, validation: length });
});

it("names dates where a few times lie far behind all others", () => {
  const windows = timeWindowsOf(times([...daily(400), Date.UTC(2093, 0, 1)]));
  expect(windows).toMatchObject({ kind: "dates", validation: { from: "2020-10-07", to: "2020-12-06" }, test: { from: "2020-12-06" } });
  if (windows?.kind === "dates") expect(windows.test.to < "2021-02-10").toBe(true);
});

it("is nothing where times do not tell rows apart", () => {
  expect(timeWindowsOf(times([5, 5, 5]))).toBeNull();
  expect(timeWindowsOf(times([...Array.from({ length: 99 }, () => 0), 5]))).toBeNull();
});

it("leaves rows on all three sides, whatever the times", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 50, maxLength: 300 }), (days) => {
      const windows = timeWindowsOf(times(days.map((day) => Date.UTC(2010, 0, 1) + day * DAY)));
      if (windows === null) return;
      expect(windows.testShare).toBeGreaterThan(0);
      expect(windows.testShare).toBeLessThan(0.6);
      if (windows.kind === "dates") expect(windows.validation.to).toBe(windows.test.from);
    }),
  );
});
