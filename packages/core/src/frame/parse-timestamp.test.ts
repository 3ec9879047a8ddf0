import { expect, it } from "vitest";
import { parseTimestamp } from "./parse-timestamp.js";

it("reads ISO 8601, as UTC where no zone is named", () => {
  expect(parseTimestamp("2001-02-03")).toBe(Date.UTC(2001, 1, 3));
  expect(parseTimestamp("2001-02-03 04:05:06.789")).toBe(Date.UTC(2001, 1, 3, 4, 5, 6, 789));
  expect(parseTimestamp("2001-02-03T04:05+02:00")).toBe(Date.UTC(2001, 1, 3, 2, 5));
  expect(parseTimestamp("-000001-12-31")).toBe(Date.UTC(-1, 11, 31));
  expect(["3 Feb 2001", "2001", "2001-13-01", "2001-02-03T25:00"].map(parseTimestamp)).toEqual([NaN, NaN, NaN, NaN]);
});

it("knows how many days a month has", () => {
  for (const text of ["2001-02-29", "2001-02-30", "2100-02-29", "2001-04-31", "2001-04-31T10:00:00Z", "+002001-06-31", "2001-01-32"]) expect(parseTimestamp(text), text).toBeNaN();
  expect(parseTimestamp("2000-02-29")).toBe(Date.UTC(2000, 1, 29));
  expect(parseTimestamp("2001-04-30T23:59+01:00")).toBe(Date.UTC(2001, 3, 30, 22, 59));
});
