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
import { leavingGroupsOut, withRowGroups } from "./row-groups.js";

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

interface Row {
  readonly x: number;
  readonly who: string;
}

const frameOf = (rows: readonly Row[]) => fromRows([field("x", "float64"), field("who", "string")], rows.map((row) => ({ ...row })));
const partialOf = (values: readonly number[]) => mean.add(mean.start(), frameOf(values.map((x) => ({ x, who: "" }))));

/** What the mean of rows is, and without each group of rows; the rows come in two batches. */
function leftOut(rows: readonly Row[], key: "who" | null) {
  const fold = leavingGroupsOut(mean);
  const half = rows.length >> 1;
  const add = (partial: Record<string, unknown>, from: number, to: number) => {
    const frame = frameOf(rows.slice(from, to));
    return fold.add(partial, withRowGroups(frame, frame, from, key));
  };
  return fold.finish(fold.merge(add(fold.start(), 0, half), add(fold.start(), half, rows.length)));
}

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

  it("keeps rows of one key together, and leaves out nothing but groups that have rows", () => {
    const rows = ["Ann", "Bob", "Cid", "Ann", "Bob", "Cid", "Cid"].map((who, x) => ({ x, who }));
    const { whole, without } = leftOut(rows, "who");
    expect(whole).toBe(3);
    expect(without.toSorted()).toEqual([(0 + 1 + 3 + 4) / 4, (0 + 2 + 3 + 5 + 6) / 5, (1 + 2 + 4 + 5 + 6) / 5].toSorted());
    expect(leftOut(rows.map(({ x }) => ({ x, who: "same" })), "who")).toEqual({ whole: 3, without: [null] });
    expect(leftOut(Array.from({ length: 1_000 }, (_, x) => ({ x, who: "same" })), null).without).toHaveLength(JACKKNIFE_GROUPS);
  });

  it("estimates the error of a mean as its formula does", () => {
    const random = seeded("jackknife");
    const groups = Array.from({ length: JACKKNIFE_GROUPS }, () => Array.from({ length: 200 }, () => random()));
    const { standardError, degreesOfFreedom } = jackknifeError(leaveOneOut(mean, groups.map(partialOf)));
    expect(standardError! / Math.sqrt(1 / 12 / (JACKKNIFE_GROUPS * 200))).toBeGreaterThan(0.7);
    expect(standardError! / Math.sqrt(1 / 12 / (JACKKNIFE_GROUPS * 200))).toBeLessThan(1.3);
    expect(degreesOfFreedom).toBe(31);
  });

  it("knows no error of fewer than two groups, and none where a value is undefined", () => {
    expect(jackknifeError([])).toEqual({ standardError: null, degreesOfFreedom: 0 });
    expect(jackknifeError([1])).toEqual({ standardError: null, degreesOfFreedom: 0 });
    expect(jackknifeError([1, null, 2])).toEqual({ standardError: null, degreesOfFreedom: 2 });
    expect(jackknifeError([1, 2])).toEqual({ standardError: 0.5, degreesOfFreedom: 1 });
  });
});

describe("an A/A test of the gate `better than the champion`", () => {
  /** Cases of 1,000 that pass, where two models of equal quality are judged on groups of dependent rows. */
  function passing(groups: number): number {
    const random = seeded(`A/A of ${groups}`);
    const normal = () => normalQuantile(0.5e-12 + random() * (1 - 1e-12));
    const gate = { metric: "loss", part: "test", slice: null, atLeast: 0, atMost: null, versus: "champion", bound: "confidence" } as const;
    const evaluation = { problem: { kind: "regression" }, metrics: [], parts: {}, baselines: {}, slices: {}, importance: null } as const;
    let passed = 0;
    for (let trial = 0; trial < 1_000; trial++) {
      // The loss of each row differs by noise whose mean is 0; half of it is that of the group.
      const rows = Array.from({ length: groups }, (_, group) => [normal(), `${trial}.${group}`] as const).flatMap(([shared, who]) => Array.from({ length: 1 + Math.floor(random() * 5) }, () => ({ x: shared + normal(), who })));
      const { whole, without } = leftOut(rows, "who");
      const [outcome] = judgeGates([gate], { evaluation, crossValidation: null, comparison: { champion: "another", parts: { test: { champion: { loss: { difference: whole, ...jackknifeError(without) } } } } } }, 0.95);
      if (outcome!.passed) passed++;
    }
    return passed;
  }

  it.each([2, 3, 5, 32])("passes equal models in at most 50 of 1,000 seeded cases, with %i groups", (groups) => {
    const passed = passing(groups);
    expect(passed).toBeLessThanOrEqual(50);
    expect(passed).toBeGreaterThan(5);
  });
});
