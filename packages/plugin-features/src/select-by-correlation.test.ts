import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, reference, runtimes } from "../fixtures/apply.js";
import { selectByCorrelation } from "./select-by-correlation.js";

describeTransform({
  name: "select-by-correlation",
  fields: ["a", "b", "c"].map((name) => field(name, "float64")),
  create: () => selectByCorrelation({ atMost: 0.9 }),
  runtimes,
  frame(rows, random) {
    const a = Array.from({ length: rows }, () => random());
    return frame({ a: { dtype: "float64", values: a }, b: { dtype: "float64", values: a.map((value) => 3 - 2 * value) }, c: { dtype: "float64", values: a.map(() => (random() < 0.3 ? null : random())) } });
  },
});

const columns = ["a", "b", "c", "d"];
const table = frame(Object.fromEntries(columns.map((name, index) => [name, reference.mixed[index]!])));
const kept = async (atMost: number) => (await apply(await create("select-by-correlation", { atMost }), columns, table)).fields.map(({ name }) => name);

it("leaves out what correlates with an earlier column that stays, by numpy's correlations", async () => {
  const { correlations } = reference;
  for (const atMost of [0.05, 0.3, 0.9, 1]) {
    const stays: number[] = [];
    columns.forEach((_, i) => !stays.some((j) => Math.abs(correlations[i]![j]!) > atMost) && stays.push(i));
    expect(await kept(atMost)).toEqual(stays.map((index) => columns[index]));
  }
});

it("compares over the rows that have both values", async () => {
  const train = frame({ a: [1, 2, 3, null, 100], b: [1, 2, 3, 50, null], c: [0, 1, 0, 1, 0] });
  const { fields, state } = await apply(await create("select-by-correlation"), ["a", "b", "c"], train);
  expect(state).toMatchObject({ remarks: [{ sentence: "`select-by-correlation` left out 1 of 3 columns: `b` (correlation 1 with `a`)." }] });
  expect(fields.map(({ name }) => name)).toEqual(["a", "c"]);
});

it("refuses too many columns", async () => {
  const transform = await create("select-by-correlation");
  expect(() => transform.fit(Array.from({ length: 501 }, (_, index) => field(`c${index}`, "float32")), null)).toThrow(expect.objectContaining({ code: "TRANSFORM_WIDTH" }));
});
