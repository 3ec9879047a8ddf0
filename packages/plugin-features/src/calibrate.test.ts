import { describe, expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { createFrame, field, seeded, type Field, type Frame } from "@millrace/core";
import { apply, create, frame, learn, run, runtimes } from "../fixtures/apply.js";
import reference from "../fixtures/calibration.json" with { type: "json" };
import { expectClose } from "../fixtures/expect-close.js";
import { calibrate } from "./calibrate.js";

const score = field("score", "float32");
const target = field("$target", "float64");
const probabilities = field("probabilities", "float32", { shape: [3] });
const classes = { ...field("$target", "int32"), categories: ["a", "b", "c"] };

for (const method of ["platt", "isotonic"] as const) {
  describeTransform({ name: `calibrate by ${method}`, place: "after", fields: [score], target, create: () => calibrate({ method }), runtimes, tolerance: 1e-9, frame: scored });
  describeTransform({ name: `calibrate by ${method}, of three classes,`, place: "after", fields: [probabilities], target: classes, create: () => calibrate({ method }), runtimes, tolerance: 1e-9, frame: classified });
}

describe.each(["platt", "isotonic"] as const)("calibrate by %s equals scikit-learn", (method) => {
  const query = frame({ score: { dtype: "float32", values: reference.query } });

  it("of two classes, with and without weights", async () => {
    const rows = frame({ score: { dtype: "float32", values: reference.score }, $target: reference.target });
    const weighted = frame({ score: { dtype: "float32", values: reference.score }, $target: reference.target, $weight: reference.weight });
    expectClose((await apply(await create("calibrate", { method }), ["score"], rows, query, target)).numbers("score"), reference[method].plain);
    expectClose((await apply(await create("calibrate", { method }), ["score"], weighted, query, target)).numbers("score"), reference[method].weighted);
  });

  it("of more classes: each against the rest, then divided by their sum", async () => {
    const rows = vectors(reference.probabilities, reference.classes);
    const { numbers } = await apply(await create("calibrate", { method }), ["probabilities"], rows, vectors(reference.queryProbabilities), classes);
    expectClose(numbers("probabilities"), reference.multiclass[method]);
  });

  it("lowers the calibration error of a model that is too sure of itself", async () => {
    const [validation, test] = [overconfident(20_000, 1), overconfident(20_000, 2)];
    const { numbers } = await apply(await create("calibrate", { method }), ["score"], validation, test, target);
    const outcomes = valuesOf(test, "$target");
    const [before, after] = [calibrationError(valuesOf(test, "score"), outcomes), calibrationError(numbers("score"), outcomes)];
    expect(before).toBeGreaterThan(0.08);
    expect(after).toBeLessThan(0.015);
  });

  it("leaves missing probabilities missing", async () => {
    const rows = frame({ score: { dtype: "float32", values: [0.1, 0.9, null, 0.4] }, $target: [0, 1, 1, 0] });
    expect((await apply(await create("calibrate", { method }), ["score"], rows, undefined, target)).numbers("score")[2]).toBeNaN();
  });

  it("changes nothing where all rows are of one class, and says so", async () => {
    const rows = frame({ score: { dtype: "float32", values: [0.25, 0.5] }, $target: [1, 1] });
    const { numbers, state } = await apply(await create("calibrate", { method }), ["score"], rows, undefined, target);
    expectClose(numbers("score"), [0.25, 0.5]);
    expect(state).toMatchObject({ remarks: [{ sentence: "Probabilities are not calibrated: the validation rows are of one class." }] });
    const some = vectors([0.2, 0.3, 0.5, 0.6, 0.3, 0.1], [0, 1]);
    expect(learn((await create("calibrate", { method })).fit([probabilities], classes), some)).toMatchObject({ remarks: [{}, { sentence: expect.stringContaining("`c`") }] });
  });
});

it("isotonic pools neighbours as scikit-learn does in a case worked out by hand", async () => {
  const rows = frame({ score: { dtype: "float32", values: [0.1, 0.9, 0.4, 0.35, 0.8, 0.7, 0.65, 0.95, 0.2, 0.6] }, $target: [0, 1, 1, 0, 1, 0, 1, 1, 0, 0] });
  const query = frame({ score: { dtype: "float32", values: [0, 0.1, 0.3, 0.5, 0.66, 0.9, 1] } });
  expectClose((await apply(await create("calibrate", { method: "isotonic" }), ["score"], rows, query, target)).numbers("score"), [0, 0, 0, 0.5, 0.5, 1, 1]);
});

it("keeps rows in order to the last bit, whatever was learnt", async () => {
  const grid = frame({ score: { dtype: "float32", values: Array.from({ length: 2001 }, (_, i) => i / 2000) } });
  for (const method of ["platt", "isotonic"] as const) {
    const { numbers } = await apply(await create("calibrate", { method }), ["score"], overconfident(500, 5), grid, target);
    const found = numbers("score");
    expect(found.every((value, i) => i === 0 || value >= found[i - 1]!)).toBe(true);
    expect(found.every((value) => value >= 0 && value <= 1)).toBe(true);
  }
});

it("platt leaves a calibrated model as it is, nearly", async () => {
  const random = seeded(9);
  const p = Array.from({ length: 50_000 }, () => random());
  const rows = frame({ score: { dtype: "float32", values: p }, $target: p.map((one) => (random() < one ? 1 : 0)) });
  const state = learn((await create("calibrate")).fit([score], target), rows) as { curves: readonly { slope: number; intercept: number }[] };
  expect(state.curves[0]!.slope).toBeCloseTo(1, 1);
  expect(state.curves[0]!.intercept).toBeCloseTo(0, 1);
});

it("takes probabilities of classifiers, and nothing else", async () => {
  const transform = await create("calibrate");
  expect(() => transform.fields([field("prediction", "float64")])).toThrow(expect.objectContaining({ code: "TRANSFORM_INPUT" }));
  expect(() => transform.fields([score, field("other", "float32")])).toThrow(expect.objectContaining({ code: "TRANSFORM_INPUT" }));
  expect(() => transform.fit([score], null)).toThrow(expect.objectContaining({ code: "TRANSFORM_TARGET" }));
  expect(() => learn(transform.fit([score], target), frame({ score: { dtype: "float32", values: [1.5] }, $target: [1] }))).toThrow(expect.objectContaining({ code: "TRANSFORM_SCORE" }));
});

it("isotonic curves pass through their knots, straight between them and level outside", async () => {
  const state = { method: "isotonic", remarks: [], curves: [{ x: Float64Array.of(0.1, 0.2, 0.25, 0.7), y: Float64Array.of(0, 0.5, 0.5, 1) }] };
  const { numbers } = await run(await create("calibrate", { method: "isotonic" }), state, [field("score", "float64")], frame({ score: [0, 0.1, 0.15, 0.2, 0.22, 0.25, 0.475, 0.7, 1, null] }));
  expectClose(numbers("score"), [0, 0, 0.25, 0.5, 0.5, 0.5, 0.75, 1, 1, null]);
});

function scored(rows: number, random: () => number): Frame {
  const values = Array.from({ length: rows }, () => Math.round(random() * 40) / 40);
  return frame({ score: { dtype: "float32", values }, $target: values.map((p) => (random() < p ? 1 : 0)), $weight: values.map(() => Math.round(random() * 8) / 4) });
}

function classified(rows: number, random: () => number): Frame {
  const values = Array.from({ length: rows }, () => {
    const parts = [random(), random(), random()];
    return parts.map((part) => part / (parts[0]! + parts[1]! + parts[2]!));
  });
  return vectors(values.flat(), values.map(() => Math.floor(random() * 3)));
}

function vectors(values: readonly number[], codes: readonly number[] | null = null): Frame {
  const fields: Field[] = [probabilities, ...(codes === null ? [] : [classes])];
  return createFrame(fields, [{ dtype: "float32", values: Float32Array.from(values) }, ...(codes === null ? [] : [{ dtype: "int32" as const, values: Int32Array.from(codes), validity: null }])], values.length / 3);
}

/** Log-odds three times what they should be. */
function overconfident(rows: number, seed: number): Frame {
  const random = seeded(seed);
  const truth = Array.from({ length: rows }, () => 0.02 + 0.96 * random());
  const sure = truth.map((p) => 1 / (1 + ((1 - p) / p) ** 3));
  return frame({ score: { dtype: "float32", values: sure }, $target: truth.map((p) => (random() < p ? 1 : 0)) });
}

function valuesOf(rows: Frame, name: string): readonly number[] {
  return Array.from((rows.column(name) as { values: Float64Array }).values);
}

/** The expected calibration error over ten bins. */
function calibrationError(scores: readonly number[], outcomes: readonly number[]): number {
  const gaps = new Float64Array(10);
  scores.forEach((p, row) => (gaps[Math.min(9, Math.floor(p * 10))]! += outcomes[row]! - p));
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / scores.length;
}
