import { watchedProgress } from "@millrace/core/testkit";
import { encode, field, type Frame, seeded, take, withColumn } from "@millrace/core";
import { describe, expect, it } from "vitest";
import { randomRows } from "../fixtures/random-rows.js";
import { trainOn } from "../fixtures/train-on.js";
import { predict } from "./model/predict.js";

const KINDS = ["binary", "multiclass", "regression"] as const;
const rowsOf = (kind: (typeof KINDS)[number], rows = 3_000) => randomRows({ rows, seed: 5, kind });
const floats = (frame: Frame, name: string) => (frame.column(name) as { readonly values: Float32Array }).values;
const shuffled = (length: number) => {
  const random = seeded("order");
  return Int32Array.from(Array.from({ length }, (_, row) => ({ row, key: random() })).sort((a, b) => a.key - b.key), ({ row }) => row);
};

describe.each(KINDS)("what leaves the predictions equal, %s", (kind) => {
  const { features, frame } = rowsOf(kind);

  it("any number of threads, and a build without SIMD and threads: the same bytes", async () => {
    const states = [await trainOn({ kind, features, frame }), await trainOn({ kind, features, frame, threads: 2 }), await trainOn({ kind, features, frame, threads: 4 }), await trainOn({ kind, features, frame, plain: true })];
    for (const state of states.slice(1)) expect(Buffer.compare(encode(state), encode(states[0]))).toBe(0);
  });

  it("threads and builds, with sampling, penalties and constraints", async () => {
    const options = { rowShare: 0.6, columnShare: 0.7, l1: 0.1, minChildRows: 5, monotone: { x1: "decreasing" }, growth: "depth-wise", depth: 4 } as const;
    const states = [await trainOn({ kind, features, frame, options }), await trainOn({ kind, features, frame, options, threads: 3 }), await trainOn({ kind, features, frame, options, plain: true })];
    for (const state of states.slice(1)) expect(Buffer.compare(encode(state), encode(states[0]))).toBe(0);
  });

  it("threads and builds, with gradients that are rounded by chance", async () => {
    const options = { quantizedGradients: true, minChildRows: 5 };
    const states = [await trainOn({ kind, features, frame, options }), await trainOn({ kind, features, frame, options, threads: 3 }), await trainOn({ kind, features, frame, options, plain: true })];
    for (const state of states.slice(1)) expect(Buffer.compare(encode(state), encode(states[0]))).toBe(0);
  });

  it("a constant column more", async () => {
    const constant = field("constant", "float32");
    const more = withColumn(frame, constant, { dtype: "float32", values: new Float32Array(frame.length).fill(7) });
    const [one, other] = [await trainOn({ kind, features, frame }), await trainOn({ kind, features: [constant, ...features], frame: more })];
    expect(predict(other, more)).toEqual(predict(one, frame));
  });

  it("another order of columns", async () => {
    const [one, other] = [await trainOn({ kind, features, frame }), await trainOn({ kind, features: features.toReversed(), frame })];
    expect(predict(other, frame)).toEqual(predict(one, frame));
  });

  it("another order of rows", async () => {
    const mixed = take(frame, shuffled(frame.length));
    const [one, other] = [await trainOn({ kind, features, frame }), await trainOn({ kind, features, frame: mixed })];
    expect(predict(other, frame)).toEqual(predict(one, frame));
  });

  it("a number scaled by an increasing function", async () => {
    const values = floats(frame, "x0").map((value) => 1024 * Math.sinh(value));
    // Float32 keeps apart what was apart.
    expect(new Set(values).size).toBe(new Set(floats(frame, "x0")).size);
    const scaled = withColumn(frame, field("x0", "float32"), { dtype: "float32", values });
    const [one, other] = [await trainOn({ kind, features, frame }), await trainOn({ kind, features, frame: scaled })];
    expect(predict(other, scaled)).toEqual(predict(one, frame));
  });

  it("weights, where rows stand as often", async () => {
    const weights = Float64Array.from({ length: frame.length }, (_, row) => [1, 2, 0, 3][row % 4]!);
    const weighted = withColumn(frame, field("$weight", "float64"), { dtype: "float64", values: weights });
    const repeated = take(frame, Int32Array.from([...weights].flatMap((weight, row) => Array.from({ length: weight }, () => row))));
    const options = { minChildRows: 10 };
    const [one, other] = [await trainOn({ kind, features, frame: weighted, options }), await trainOn({ kind, features, frame: repeated, options })];
    const [left, right] = [predict(one, frame), predict(other, frame)];
    left.forEach((value, row) => expect(value).toBeCloseTo(right[row]!, 5));
  });
});

describe("weights, where rows stand as often, by each loss of numbers", () => {
  const { features, frame } = rowsOf("regression", 1_000);
  const weights = Float64Array.from({ length: frame.length }, (_, row) => [1, 2, 0, 3][row % 4]!);
  const weighted = withColumn(frame, field("$weight", "float64"), { dtype: "float64", values: weights });
  const repeated = take(frame, Int32Array.from([...weights].flatMap((weight, row) => Array.from({ length: weight }, () => row))));

  it.each(["absolute", "huber", "quantile", "poisson"] as const)("%s", async (objective) => {
    const options = { objective, quantile: 0.75, huberDelta: 0.25, trees: 5 };
    const [one, other] = [await trainOn({ kind: "regression", features, frame: weighted, options }), await trainOn({ kind: "regression", features, frame: repeated, options })];
    const [left, right] = [predict(one, frame), predict(other, frame)];
    left.forEach((value, row) => expect(value).toBeCloseTo(right[row]!, 4));
  });
});

describe("threads that meet", () => {
  // Enough rows that no phase is too small to be shared, and that no thread is without rows.
  const { features, frame } = randomRows({ rows: 70_000, seed: 6, kind: "binary" });

  it.each([{}, { quantizedGradients: true }, { minChildRows: 20, rowShare: 0.7, growth: "depth-wise" as const }, { goss: {} }])("grow the same trees, be they 1, 2 or 4: %j", async (more) => {
    const options = { trees: 3, leaves: 15, ...more };
    const [one, ...others] = [await trainOn({ kind: "binary", features, frame, options }), await trainOn({ kind: "binary", features, frame, options, threads: 2 }), await trainOn({ kind: "binary", features, frame, options, threads: 4 })];
    for (const other of others) expect(Buffer.compare(encode(other), encode(one!))).toBe(0);
  });
});

describe("constraints", () => {
  const { features, frame } = rowsOf("regression");
  const grid = (name: string) => {
    const start = take(frame, Int32Array.from({ length: 50 }, (_, row) => row));
    return Array.from({ length: 41 }, (_, step) => withColumn(start, field(name, "float32"), { dtype: "float32", values: new Float32Array(50).fill(step / 10 - 2) }));
  };

  it.each([
    ["x3", "increasing"],
    ["x0", "increasing"],
    ["x0", "decreasing"],
    ["x1", "decreasing"],
  ] as const)("%s is %s on a grid", async (name, direction) => {
    const state = await trainOn({ kind: "regression", features, frame, options: { trees: 30, monotone: { [name]: direction } } });
    const steps = grid(name).map((at) => predict(state, at));
    for (let step = 1; step < steps.length; step++) steps[step]!.forEach((value, row) => expect(direction === "increasing" ? value - steps[step - 1]![row]! : steps[step - 1]![row]! - value).toBeGreaterThanOrEqual(0));
    if (name !== "x0") expect(steps.at(-1)).not.toEqual(steps[0]);
  });

  it("no path asks features of two groups", async () => {
    const { forest, columns } = await trainOn({ kind: "regression", features, frame, options: { interactions: [["x0", "x1"], ["x1", "c0", "c1"]] } });
    const groups = [["x0", "x1"], ["x1", "c0", "c1"], ["x2"], ["x3"]];
    const walk = (node: number, path: readonly string[]): void => {
      expect(groups.some((group) => path.every((name) => group.includes(name)))).toBe(true);
      if (forest.column[node]! < 0) return;
      const next = [...path, columns[forest.column[node]!]!.feature];
      walk(forest.left[node]!, next);
      walk(forest.right[node]!, next);
    };
    forest.roots.forEach((root) => walk(root, []));
  });

  it("depth, leaves and rows of a leaf are bounded", async () => {
    const counts = new Map<number, number>();
    const values = predict(await trainOn({ kind: "regression", features, frame, options: { trees: 1, depth: 3, leaves: 6, minChildRows: 100 } }), frame);
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(100);
    expect(counts.size).toBeLessThanOrEqual(6);
    // As many leaves as the depth allows, which would go deeper leaf-wise.
    const deep = await trainOn({ kind: "regression", features, frame, options: { leaves: 16, trees: 4 } });
    const flat = await trainOn({ kind: "regression", features, frame, options: { leaves: 16, trees: 4, depth: 4 } });
    const depthOf = (state: typeof deep, node: number): number => (state.forest.column[node]! < 0 ? 0 : 1 + Math.max(depthOf(state, state.forest.left[node]!), depthOf(state, state.forest.right[node]!)));
    const depthsOf = (state: typeof deep) => [...state.forest.roots].map((root) => depthOf(state, root));
    expect([Math.max(...depthsOf(deep)) > 4, Math.max(...depthsOf(flat))]).toEqual([true, 4]);
  });

  it("rows of a leaf are bounded where sets of categories are asked, too", async () => {
    const values = predict(await trainOn({ kind: "regression", features: features.filter(({ categories }) => categories !== null), frame, options: { trees: 1, leaves: 20, minChildRows: 60, categoryL2: 0 } }), frame);
    const counts = new Map<number, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    expect(counts.size).toBeGreaterThan(5);
    expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(60);
  });

  it("depth-wise, no leaf is split before those above it; a leaf adds the learning rate's share of its value", async () => {
    const depthsOf = async (growth: "leaf-wise" | "depth-wise") => {
      const { forest } = await trainOn({ kind: "regression", features, frame, options: { trees: 1, leaves: 24, growth } });
      const walk = (node: number, depth: number): readonly number[] => (forest.column[node]! < 0 ? [depth] : [...walk(forest.left[node]!, depth + 1), ...walk(forest.right[node]!, depth + 1)]);
      return new Set(walk(0, 0));
    };
    expect(await depthsOf("depth-wise")).toEqual(new Set([4, 5]));
    expect((await depthsOf("leaf-wise")).size).toBeGreaterThan(2);
    const [whole, share] = [await trainOn({ kind: "regression", features, frame, options: { trees: 1, learningRate: 1 } }), await trainOn({ kind: "regression", features, frame, options: { trees: 1, learningRate: 0.25 } })];
    expect([...share.forest.value]).toEqual([...whole.forest.value].map((value) => value / 4));
  });

  it.each([
    ["TREES_CONSTRAINT", { monotone: { y: "increasing" } }],
    ["TREES_CONSTRAINT", { monotone: { c0: "increasing" } }],
    ["TREES_CONSTRAINT", { interactions: [["x0", "y"]] }],
    ["TREES_OBJECTIVE", { objective: "logistic" }],
    ["TREES_CLASS", { classWeight: "balanced" }],
    ["TREES_VALIDATION", { earlyStopping: 3 }],
  ])("refuses with %s: %j", async (code, options) => {
    await expect(trainOn({ kind: "regression", features, frame, options })).rejects.toMatchObject({ code });
  });
});

describe("sums that were given up", () => {
  it("are added up anew, to the same trees", async () => {
    const { features, frame } = randomRows({ rows: 2_000, seed: 3, kind: "regression", numbers: 60 });
    const options = { leaves: 64, trees: 2, minChildRows: 2 };
    const few = { ...watchedProgress<never>(), limits: { threads: 1, memoryBytes: 273e6 } };
    const [one, other] = [await trainOn({ kind: "regression", features, frame, options }), await trainOn({ kind: "regression", features, frame, options, progress: few })];
    expect(Buffer.compare(encode(other), encode(one))).toBe(0);
  });
});
