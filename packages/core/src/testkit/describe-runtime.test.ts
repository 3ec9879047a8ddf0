import { expect, test } from "vitest";
import type { Column, Frame } from "../contracts/frame.js";
import type { Runtime } from "../contracts/runtime.js";
import { digestOf } from "../fold/digest.js";
import { toArrow } from "../frame/arrow.js";
import { withColumn } from "../frame/take.js";
import { referenceRuntime } from "../graph/reference/runtime.js";
import { describeRuntime } from "./describe-runtime.js";
import { brokenLaws } from "./law.js";
import { runtimeLaws } from "./runtime/runtime-laws.js";
import { runtimeMutants } from "./runtime/runtime-mutants.js";

describeRuntime({ name: "the reference", create: () => referenceRuntime });

test("every law has a mutant", () => {
  expect(Object.keys(runtimeMutants)).toEqual(runtimeLaws.map(({ name }) => name));
});

test.each(Object.entries(runtimeMutants))("a mutant breaks this law alone: %s", async (name, mutant) => {
  expect(await brokenLaws(runtimeLaws, { create: () => mutant(remembering) })).toEqual([name]);
});

const SIZES = "batches of 7, 32, 2,000 and 10,001 rows give equal bits";
const WAYS = "whole and split give equal bits";
const lawOf = (name: string) => runtimeLaws.filter((law) => law.name === name);

test.each([7, 32, 2000])("a runtime that is wrong in batches of %i rows alone is found", async (rows) => {
  expect(await brokenLaws(lawOf(SIZES), { create: () => nudging((batch) => batch.length === rows) })).toEqual([SIZES]);
});

test.each(["whole", "split", "auto"] as const)("a runtime that is wrong in one way of running alone is found: %s", async (wrong) => {
  expect(await brokenLaws(lawOf(WAYS), { create: () => nudging((_, how) => how === wrong) })).toEqual([WAYS]);
});

test.each<[string, (distance: number) => boolean]>([
  ["infinity", (distance) => distance === 1 / 0],
  ["the negative infinity", (distance) => distance === -1 / 0],
  ["missing", (distance) => Number.isNaN(distance)],
])("a runtime that is wrong in one row of the certificate alone, when it is split, is found: %s", async (_, isOdd) => {
  const isGolden = (batch: Frame) => batch.length > 1 && batch.length < 300;
  expect(await brokenLaws(lawOf(WAYS), { create: () => nudging((batch, how) => how === "split" && isGolden(batch), isOdd) })).toEqual([WAYS]);
});

/** The reference, its hours wrong in their last bits where `isWrong`, in the rows whose distance `isOdd`. */
function nudging(isWrong: (batch: Frame, how: string) => boolean, isOdd: (distance: number) => boolean = () => true): Runtime {
  return {
    ...remembering,
    async load(model, how = "auto") {
      const predictor = await remembering.load(model, how);
      return {
        ...predictor,
        async predict(batch) {
          const result = await predictor.predict(batch);
          if (!isWrong(batch, how)) return result;
          const distances = (batch.column("distance") as Extract<Column, { dtype: "float32" }>).values;
          const { values } = result.column("hour") as Extract<Column, { dtype: "float32" }>;
          const changed = values.map((value, row) => (isOdd(distances[row]!) ? value * (1 + 2e-7) : value));
          return withColumn(result, result.fields.find(({ name }) => name === "hour")!, { dtype: "float32", values: changed });
        },
      };
    },
  };
}

/** The reference, which computes a batch once for all mutants. */
const known = new Map<string, Frame>();
const remembering: Runtime = {
  ...referenceRuntime,
  async load(model) {
    const predictor = await referenceRuntime.load(model);
    return {
      ...predictor,
      async predict(batch) {
        const digest = digestOf(toArrow(batch));
        const result = known.get(digest) ?? (await predictor.predict(batch));
        known.set(digest, result);
        return result;
      },
    };
  },
};
