import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, run, runtimes } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";
import { cyclic } from "./cyclic.js";

describeTransform({ name: "cyclic of times", fields: [field("at", "timestamp")], create: () => cyclic({ part: "weekday", period: null, utcOffset: "+00:00" }), runtimes });
describeTransform({ name: "cyclic of numbers", fields: [field("x", "float64")], create: () => cyclic({ part: null, period: 24, utcOffset: "+00:00" }), runtimes });
describeTransform({ name: "cyclic of categories", fields: [{ ...field("c", "int32"), categories: ["0", "1", "2"] }], create: () => cyclic({ part: null, period: null, utcOffset: "+00:00" }), runtimes });

const angle = (share: number) => [Math.sin(2 * Math.PI * share), Math.cos(2 * Math.PI * share)];

it("takes a part of times", async () => {
  const at = frame({ at: { dtype: "timestamp", values: [0, 6 * 3_600_000, 23 * 3_600_000, null] } });
  const { fields, numbers } = await apply(await create("cyclic", { part: "hour" }), ["at"], at);
  expect(fields.map(({ name }) => name)).toEqual(["at_hour_sin", "at_hour_cos"]);
  expectClose(numbers("at_hour_sin"), [0, 1, angle(23 / 24)[0]!, null]);
  expectClose(numbers("at_hour_cos"), [1, 0, angle(23 / 24)[1]!, null]);
});

it("takes numbers with a period, fractions rounded down, negative ones from the other side", async () => {
  const { numbers } = await apply(await create("cyclic", { period: 4 }), ["x"], frame({ x: [0, 1.9, 6, -1, null, Infinity, 1e300] }));
  expectClose(numbers("x_sin"), [0, 1, 0, -1, null, null, numbers("x_sin")[6]!]);
  expectClose(numbers("x_cos"), [1, 0, -1, 0, null, null, numbers("x_cos")[6]!]);
});

it("takes categories by their order; missing and unseen have no place", async () => {
  const codes = { ...field("hour", "int32"), categories: ["0", "1", "2", "3"] };
  const { numbers } = await run(await create("cyclic"), null, [codes], frame({ hour: { dtype: "int32", values: [0, 1, 2, 3] } }));
  expectClose(numbers("hour_sin"), [0, 1, 0, -1]);
});

it("refuses what its options are not for", async () => {
  const times = await create("cyclic", { part: "hour" });
  expect(() => times.fields([field("x", "float64")])).toThrow(/"x"/);
  const both = await create("cyclic", { part: "hour", period: 24, utcOffset: "+00:00" });
  expect(() => both.fields([field("at", "timestamp")])).toThrow(/both/);
});

it("goes round with the clock at a fixed offset", async () => {
  const at = frame({ at: { dtype: "timestamp", values: [Date.UTC(2020, 0, 1, 4)] } });
  const shifted = await apply(await create("cyclic", { part: "hour", utcOffset: "+02:00" }), ["at"], at);
  expect(shifted.numbers("at_hour_sin")).toEqual([1]);
});
