import { describe, expect, it } from "vitest";
import { describeTransform, referenceRuntime } from "@millrace/core/testkit";
import { createGraph, field, leaveAfter, lowerAfter, seeded, type Frame, type Runtime } from "@millrace/core";
import { create, frame, learn, runtimes } from "../fixtures/apply.js";
import { decide, type DecideState } from "./decide.js";
import { decideOptions } from "./decide.options.js";

const score = field("score", "float32");
const target = field("$target", "float64");
const costs = { falsePositive: 1, falseNegative: 4 };

for (const [name, options] of Object.entries({ "a threshold": { threshold: 0.3 }, "a capacity": { capacity: 20 }, costs: { cost: costs }, "a metric": { maximize: "f-beta", beta: 2 } }))
  describeTransform({ name: `decide by ${name}`, place: "after", fields: [score], target, create: () => decide(decideOptions.parse(options)), runtimes, tolerance: 1e-9, frame: scored });

/** Ten rows, the highest scores first: positive, positive, not, positive, not, not, positive, not, not, not. */
const ten = frame({ score: { dtype: "float32", values: [0.95, 0.9, 0.85, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1] }, $target: [1, 1, 0, 1, 0, 0, 1, 0, 0, 0] });

async function thresholdOf(options: unknown, rows: Frame = ten): Promise<number> {
  return stateOf(options, rows).then(({ threshold }) => threshold);
}

async function stateOf(options: unknown, rows: Frame = ten): Promise<DecideState> {
  return learn((await create("decide", options)).fit([score], target), rows) as DecideState;
}

describe("decide", () => {
  it("by capacity: as many of the highest scores as it allows, never more", async () => {
    expect(await thresholdOf({ capacity: 3 })).toBeCloseTo((0.85 + 0.8) / 2, 6);
    expect(await thresholdOf({ capacity: 20, per: 100 })).toBeCloseTo((0.9 + 0.85) / 2, 6);
    expect(await thresholdOf({ capacity: 1000 })).toBe(0);
    const ties = frame({ score: { dtype: "float32", values: [0.9, 0.8, 0.8, 0.8, 0.1] }, $target: [1, 0, 1, 0, 0] });
    expect(await thresholdOf({ capacity: 3 }, ties)).toBeCloseTo((0.9 + 0.8) / 2, 6);
    await expect(stateOf({ capacity: 2 }, frame({ score: { dtype: "float32", values: [0.8, 0.8, 0.8, 0.1] }, $target: [1, 0, 1, 0] }))).rejects.toMatchObject({ code: "DECIDE_UNREACHABLE", message: expect.stringContaining("3 share the highest score") });
  });

  it("by weights: a row of weight 3 counts as three", async () => {
    const weighted = frame({ score: { dtype: "float32", values: [0.9, 0.8, 0.7, 0.1] }, $target: [1, 0, 1, 0], $weight: [1, 3, 1, 5] });
    expect(await thresholdOf({ capacity: 4 }, weighted)).toBeCloseTo((0.8 + 0.7) / 2, 6);
    expect(await thresholdOf({ capacity: 3 }, weighted)).toBeCloseTo((0.9 + 0.8) / 2, 6);
  });

  it("by the most recall at a precision, and the most precision at a recall", async () => {
    expect(await thresholdOf({ maximize: "recall", atLeast: { precision: 0.75 } })).toBeCloseTo((0.8 + 0.6) / 2, 6);
    expect(await thresholdOf({ maximize: "recall" })).toBeCloseTo((0.4 + 0.3) / 2, 6);
    expect(await thresholdOf({ maximize: "precision", atLeast: { recall: 0.5 } })).toBeCloseTo((0.9 + 0.85) / 2, 6);
    expect(await thresholdOf({ maximize: "precision" })).toBeCloseTo((0.9 + 0.85) / 2, 6);
    expect(await thresholdOf({ maximize: "recall", atLeast: { specificity: 1 } })).toBeCloseTo((0.9 + 0.85) / 2, 6);
    expect(await thresholdOf({ maximize: "recall", atLeast: { precision: 0.1 }, capacity: 1 })).toBeCloseTo((0.95 + 0.9) / 2, 6);
  });

  it("fails where no threshold reaches what is asked", async () => {
    const bad = frame({ score: { dtype: "float32", values: [0.9, 0.8, 0.1] }, $target: [0, 1, 1] });
    await expect(stateOf({ maximize: "recall", atLeast: { precision: 0.9 } }, bad)).rejects.toMatchObject({ code: "DECIDE_UNREACHABLE", message: expect.stringContaining("alone, 0.6667 can be reached") });
  });

  it.each(["f-beta", "accuracy", "balanced-accuracy", "mcc"] as const)("by the greatest %s, as trying every threshold finds it", async (maximize) => {
    const rows = scored(300, seeded(3));
    const { scores, targets, weights } = arraysOf(rows);
    const worth = (threshold: number): number => {
      const sums = { tp: 0, fp: 0, tn: 0, fn: 0 };
      scores.forEach((p, i) => (sums[p >= threshold ? (targets[i] === 1 ? "tp" : "fp") : targets[i] === 1 ? "fn" : "tn"] += weights[i]!));
      const { tp, fp, tn, fn } = sums;
      if (maximize === "f-beta") return (5 * tp) / (5 * tp + 4 * fn + fp);
      if (maximize === "accuracy") return (tp + tn) / (tp + fp + tn + fn);
      if (maximize === "balanced-accuracy") return (tp / (tp + fn) + tn / (tn + fp)) / 2;
      return (tp * tn - fp * fn) / Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)) || 0;
    };
    const best = Math.max(...scores.map(worth));
    expect(worth(await thresholdOf({ maximize, ...(maximize === "f-beta" ? { beta: 2 } : {}) }, rows))).toBeCloseTo(best, 12);
  });

  it("by cost, near the ratio of the costs where scores are calibrated; a gain is a negative cost", async () => {
    const random = seeded(4);
    const p = Array.from({ length: 200_000 }, () => random());
    const rows = frame({ score: { dtype: "float32", values: p }, $target: p.map((one) => (random() < one ? 1 : 0)) });
    // Elkan (2001): act from (cFP - cTN) / (cFP - cTN + cFN - cTP) on.
    expect(await thresholdOf({ cost: costs }, rows)).toBeCloseTo(1 / 5, 1);
    expect(await thresholdOf({ cost: { falsePositive: 2, falseNegative: 0, truePositive: -3 } }, rows)).toBeCloseTo(2 / 5, 1);
    const all = await stateOf({ cost: { falsePositive: 0, falseNegative: 5 } });
    expect(all.threshold).toBeLessThan(0.4);
    const none = await stateOf({ cost: { falsePositive: 100, falseNegative: 1, truePositive: 2 } });
    expect(none).toMatchObject({ threshold: Infinity, remarks: [{ sentence: expect.stringContaining("false for every row") }] });
  });

  it("says what it chose and what came of it", async () => {
    const { remarks } = await stateOf({ maximize: "recall", atLeast: { precision: 0.75 } });
    expect(remarks).toEqual([{ about: "after", sentence: "The decision is true from a score of 0.7 on (greatest recall, precision at least 0.75): on the validation rows 40.00 % of 10, precision 0.7500, recall 0.7500." }]);
    expect((await stateOf({ threshold: 0.9 })).remarks[0]!.sentence).toBe("The decision is true from a score of 0.9 on (given): on the validation rows 20.00 % of 10, precision 1.0000, recall 0.5000.");
    expect((await stateOf({ cost: costs, capacity: 3, per: 10 })).remarks[0]!.sentence).toContain("(least cost, at most 3 of each 10 rows)");
  });

  it("decides on the score as it leaves the model, in every runtime; a missing one stays undecided", async () => {
    const shown = Math.fround(0.3);
    for (const runtime of [referenceRuntime, ...(await runtimes())]) expect(await decisions({ threshold: 0.3 }, [shown, shown - 1e-12, 0.3 - 1e-7, 1, 0, null], runtime)).toEqual([1, 1, 0, 1, 0, null]);
  });

  it("takes one score of a classifier", async () => {
    const transform = await create("decide", { threshold: 0.5 });
    expect(() => transform.fields([field("probabilities", "float32", { shape: [3] })])).toThrow(expect.objectContaining({ code: "TRANSFORM_INPUT", mend: expect.stringContaining("columns.positive") }));
    expect(() => transform.fields([field("prediction", "float32")])).toThrow(expect.objectContaining({ code: "TRANSFORM_INPUT" }));
    expect(() => transform.fit([score], null)).toThrow(expect.objectContaining({ code: "TRANSFORM_TARGET" }));
  });
});

describe("the options of decide", () => {
  it.each([
    [{}, "does not say when to act"],
    [{ threshold: null, atLeast: { recall: 0.5 } }, "does not say when to act"],
    [{ threshold: 0.5, capacity: 3 }, "is fixed"],
    [{ cost: costs, maximize: "recall" }, "cannot stand with cost"],
    [{ threshold: 0.5, per: 10 }, "goes with capacity"],
    [{ capacity: 50, per: 10 }, "must be at most per, which is 10"],
    [{ maximize: "recall", beta: 2 }, "goes with maximize f-beta"],
    [{ threshold: 2 }, ""],
    [{ maximize: "recall", atLeast: { precision: 0 } }, ""],
  ])("%j is refused", (options, message) => {
    const { error } = decideOptions.safeParse(options);
    expect(error?.issues[0]!.message).toContain(message);
  });
});

/** 1, 0, or null for missing. */
async function decisions(options: unknown, scores: readonly (number | null)[], runtime: Runtime): Promise<readonly (number | null)[]> {
  const transform = await create("decide", options);
  const input = field("score", "float64");
  const graph = createGraph("decide");
  const lowered = lowerAfter(graph, transform, await stateOf(options), transform.fields([input]), new Map([["score", graph.input(input)]]));
  const output = leaveAfter(graph, lowered.get("decision")!, "bool");
  graph.output("decision", output, { ...output.field, name: "decision" });
  const signature = { name: "decide", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} };
  await using predictor = await runtime.load({ onnx: graph.finish(signature), signature });
  const column = (await predictor.predict(frame({ score: { dtype: "float64", values: scores } }))).column("decision") as { values: Uint8Array; validity: Uint8Array | null };
  return Array.from(column.values, (value, row) => (column.validity !== null && ((column.validity[row >> 3]! >> (row & 7)) & 1) === 0 ? null : value));
}

function scored(rows: number, random: () => number): Frame {
  const values = Array.from({ length: rows }, () => Math.round(random() * 50) / 50);
  return frame({ score: { dtype: "float32", values }, $target: values.map((p, row) => (row === 0 || random() < p ? 1 : 0)), $weight: values.map(() => 0.25 + Math.round(random() * 8) / 4) });
}

function arraysOf(rows: Frame) {
  const of = (name: string) => Array.from((rows.column(name) as { values: Float64Array }).values);
  return { scores: of("score"), targets: of("$target"), weights: of("$weight") };
}
