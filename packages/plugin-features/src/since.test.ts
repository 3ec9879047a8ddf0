import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, runtimes } from "../fixtures/apply.js";
import { optionMistakes } from "../fixtures/option-mistakes.js";
import { since } from "./since.js";
import { sinceOptions } from "./since.options.js";

const fields = [field("end", "timestamp"), field("start", "timestamp")];
const times = (values: readonly (number | null)[]) => ({ dtype: "timestamp" as const, values });

describeTransform({ name: "since", fields, create: () => since({ date: null, unit: "hour" }), runtimes });
describeTransform({ name: "since a date", fields, create: () => since({ date: "2001-01-01", unit: "week" }), runtimes });

it("subtracts the second column from the first", async () => {
  const noon = Date.UTC(2020, 1, 29, 12);
  const { fields: found, numbers } = await apply(await create("since"), ["end", "start"], frame({ end: times([noon, 0, null, -86_400_000]), start: times([noon - 129_600_000, 86_400_000, 0, null]) }));
  expect(found.map(({ name, dtype }) => [name, dtype])).toEqual([["end_since_start", "float32"]]);
  expect(numbers("end_since_start")).toEqual([1.5, -1, NaN, NaN]);
});

it("counts from a fixed date, each column for itself", async () => {
  const { numbers } = await apply(await create("since", { date: "2001-01-01T02:00:00+02:00", unit: "day" }), ["a", "b"], frame({ a: times([Date.UTC(2001, 0, 3)]), b: times([Date.UTC(2000, 11, 31)]) }));
  expect(numbers("a_since")).toEqual([2]);
  expect(numbers("b_since")).toEqual([-1]);
});

it("keeps milliseconds of today's times apart, which float32 epochs would not", async () => {
  const now = 1_790_000_000_123;
  const { numbers } = await apply(await create("since", { unit: "millisecond" }), ["a", "b"], frame({ a: times([now + 1, now, now + 1000]), b: times([now, now, now]) }));
  expect(numbers("a_since_b")).toEqual([1, 0, 1000]);
});

it("refuses one column without a date, numbers, and dates that are none", async () => {
  const transform = await create("since");
  expect(() => transform.fields([fields[0]!])).toThrow(/two columns/);
  expect(() => transform.fields([field("x", "float64"), fields[0]!])).toThrow(/"x"/);
  for (const [date, last] of [["2001-02-30", "2001-02-28"], ["2000-02-30", "2000-02-29"], ["1900-02-29", "1900-02-28"], ["2001-04-31T10:00Z", "2001-04-30"]]) expect(optionMistakes(sinceOptions, { date })).toEqual([`date: must be a day that there is: the last one of its month is ${last}`]);
  for (const date of ["2000-02-29", "2001-12-31", "0000-02-29"]) expect(optionMistakes(sinceOptions, { date })).toEqual([]);
  for (const date of ["2001-13-01", "yesterday", "2001-01-01T10:00", "2001"]) expect(sinceOptions.safeParse({ date }).success).toBe(false);
});
