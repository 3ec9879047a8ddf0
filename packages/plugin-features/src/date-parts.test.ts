import { array, assert, asyncProperty, constantFrom, integer, oneof } from "fast-check";
import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, reference, run, runtimes } from "../fixtures/apply.js";
import type { DatePart } from "./civil-time.js";
import { dateParts } from "./date-parts.js";


const parts = Object.keys(reference.dateParts) as DatePart[];
const column = (part: string) => `at_${part.replaceAll("-", "_")}`;
const times = (values: readonly (number | null)[]) => frame({ at: { dtype: "timestamp", values } });

describeTransform({ name: "date-parts", fields: [field("at", "timestamp"), field("then", "timestamp")], create: () => dateParts({ parts, as: "category", utcOffset: "+00:00" }), runtimes });

it("equals pandas, as numbers and as categories", async () => {
  const numeric = await apply(await create("date-parts", { parts, as: "number" }), ["at"], times(reference.times));
  for (const part of parts) expect(numeric.numbers(column(part))).toEqual(reference.dateParts[part]);
  const coded = await apply(await create("date-parts", { parts }), ["at"], times(reference.times));
  for (const part of parts.filter((each) => each !== "year")) expect(coded.names(column(part))).toEqual(reference.dateParts[part].map(String));
  expect(coded.numbers("at_year")).toEqual(reference.dateParts.year);
});

it("has fixed lists, in order, known before it is fitted", async () => {
  const promised = (await create("date-parts", { parts: ["weekday", "hour", "year"] })).fields([field("at", "timestamp")]);
  expect(promised.map(({ name, dtype, categories }) => [name, dtype, categories?.length ?? null])).toEqual([["at_weekday", "int32", 7], ["at_hour", "int32", 24], ["at_year", "float32", null]]);
  expect(promised[0]!.categories).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
});

it("gives missing parts of missing and impossible times", async () => {
  const { names, numbers } = await apply(await create("date-parts", { parts: ["hour", "month", "year"] }), ["at"], times([null, 8.64e15 + 1, -(8.64e15 + 1), 8.64e15]));
  expect(names("at_hour")).toEqual([null, null, null, "0"]);
  expect(names("at_month")).toEqual([null, null, null, "9"]);
  expect(numbers("at_year")).toEqual([NaN, NaN, NaN, 275760]);
});

it("equals JavaScript's Date over its whole range, around midnights too", async () => {
  const transform = await create("date-parts", { parts, as: "number" });
  const day = 86_400_000;
  const midnight = integer({ min: -1e8 + 1, max: 1e8 - 1 }).chain((days) => constantFrom(days * day - 1, days * day, days * day + 1));
  const any = oneof(integer({ min: -8.64e15, max: 8.64e15 }), midnight);
  await assert(
    asyncProperty(array(any, { minLength: 500, maxLength: 500 }), async (values) => {
      const { numbers } = await run(transform, null, [field("at", "timestamp")], times(values));
      for (const part of parts) expect(numbers(column(part))).toEqual(values.map((value) => dateOf(value)[part]));
    }),
    { seed: 1, numRuns: 5, endOnFailure: true },
  );
});

function dateOf(time: number): Record<DatePart, number> {
  const date = new Date(time);
  const year = date.getUTCFullYear();
  // In a year of the same shape, because the first year of the range begins outside of it.
  const like = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 2000 : 2001;
  return {
    year,
    quarter: Math.floor(date.getUTCMonth() / 3) + 1,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    "day-of-year": (Date.UTC(like, date.getUTCMonth(), date.getUTCDate()) - Date.UTC(like, 0, 1)) / 86_400_000 + 1,
    weekday: ((date.getUTCDay() + 6) % 7) + 1,
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

it("takes several columns at once, and timestamps only", async () => {
  const transform = await create("date-parts", { parts: ["hour"] });
  const both = frame({ a: { dtype: "timestamp", values: [0, null] }, b: { dtype: "timestamp", values: [3_600_000, 7_200_000] } });
  const { names } = await apply(transform, ["a", "b"], both);
  expect([names("a_hour"), names("b_hour")]).toEqual([["0", null], ["1", "2"]]);
  expect(() => transform.fields([field("x", "float64")])).toThrow(expect.objectContaining({ code: "TRANSFORM_INPUT", mend: expect.stringContaining("TIMESTAMP") }));
});

it("reads the clock at a fixed offset", async () => {
  const of = async (utcOffset: string) => {
    const { numbers } = await apply(await create("date-parts", { parts: ["year", "day", "hour", "minute"], as: "number", utcOffset }), ["at"], times([Date.UTC(2020, 11, 31, 23, 15)]));
    return ["year", "day", "hour", "minute"].map((part) => numbers(`at_${part}`)[0]);
  };
  expect(await of("+05:30")).toEqual([2021, 1, 4, 45]);
  expect(await of("-09:30")).toEqual([2020, 31, 13, 45]);
  await expect(create("date-parts", { utcOffset: "+2" })).rejects.toThrow(/utcOffset|such as/);
});
