import { expect, test } from "vitest";
import type { Frame } from "../contracts/frame.js";
import type { Runtime } from "../contracts/runtime.js";
import { digestOf } from "../fold/digest.js";
import { toArrow } from "../frame/arrow.js";
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
