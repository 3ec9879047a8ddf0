import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fold } from "../../contracts/fold.js";
import { defineFold } from "../../fold/define-fold.js";
import { field } from "../../frame/frame.js";
import { fromRows } from "../../frame/rows.js";
import { toFloat64 } from "../../frame/missing.js";
import { seeded } from "../../frame/random.js";
import { normalQuantile } from "../../statistics/normal.js";
import { judgeGates } from "../register/gates.js";
import { JACKKNIFE_GROUPS, jackknifeError, leaveOneOut } from "./jackknife.js";

const mean: Fold<number | null> = defineFold({
  start: () => ({ count: 0, sum: 0 }),
  add(partial, batch) {
    for (const value of toFloat64(batch.column("x"))) {
      partial.count++;
      partial.sum += value;
    }
    return partial;
  },
  merge(left, right) {
    left.count += right.count;
    left.sum += right.sum;
    return left;
  },
  finish: ({ count, sum }) => (count === 0 ? null : sum / count),
});

const partialOf = (values: readonly number[]) => mean.add(mean.start(), fromRows([field("x", "float64")], values.map((x) => ({ x }))));

describe("leaving groups out", () => {
  it("finds what each fold of all other groups finds", () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer({ min: -100, max: 100 }), { maxLength: 5 }), { minLength: 1, maxLength: 12 }), (groups) => {
        const found = leaveOneOut(mean, groups.map(partialOf));
        const direct = groups.map((_, without) => {
          const rest = groups.filter((_, at) => at !== without).flat();
          return rest.length === 0 ? null : rest.reduce((sum, value) => sum + value, 0) / rest.length;
        });
        found.forEach((value, at) => (direct[at] === null ? expect(value).toBeNull() : expect(value).toBeCloseTo(direct[at]!, 9)));
      }),
    );
  });

  it("estimates the error of a mean as its formula does", () => {
    const random = seeded("jackknife");
    const groups = Array.from({ length: JACKKNIFE_GROUPS }, () => Array.from({ length: 200 }, () => random()));
    const error = jackknifeError(leaveOneOut(mean, groups.map(partialOf)))!;
    expect(error / Math.sqrt(1 / 12 / (JACKKNIFE_GROUPS * 200))).toBeGreaterThan(0.7);
    expect(error / Math.sqrt(1 / 12 / (JACKKNIFE_GROUPS * 200))).toBeLessThan(1.3);
    expect(jackknifeError([1, null])).toBeNull();
  });
});

describe("an A/A test of the gate `better than the champion`", () => {
  it("passes equal models in at most 5 % of 1,000 seeded cases", () => {
    const random = seeded("A/A");
    const normal = () => normalQuantile(0.5e-12 + random() * (1 - 1e-12));
    let passed = 0;
    for (let trial = 0; trial < 1_000; trial++) {
      // Two models of equal quality: the loss of each row differs by noise whose mean is 0.
      const groups = Array.from({ length: JACKKNIFE_GROUPS }, () => Array.from({ length: 5 }, normal));
      const values = leaveOneOut(mean, [...groups.map(partialOf), mean.start()]);
      const paired = { difference: values.at(-1)!, standardError: jackknifeError(values.slice(0, -1)) };
      const gate = { metric: "loss", part: "test", slice: null, atLeast: 0, atMost: null, versus: "champion", bound: "confidence" } as const;
      const evaluation = { problem: { kind: "regression" }, metrics: [], parts: {}, baselines: {}, slices: {}, importance: null } as const;
      const [outcome] = judgeGates([gate], { evaluation, crossValidation: null, comparison: { champion: "another", parts: { test: { champion: { loss: paired } } } } }, 0.95);
      if (outcome!.passed) passed++;
    }
    expect(passed).toBeLessThanOrEqual(50);
    expect(passed).toBeGreaterThan(5);
  });
});
