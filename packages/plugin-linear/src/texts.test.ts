import { expect, it } from "vitest";
import { createFrame, field, slice, withColumn, type Frame, type SparseColumn, type Trainer, type TrainingData } from "@millrace/core";
import { rowsOf, watchedProgress } from "@millrace/core/testkit";
import { textCases, textData } from "../fixtures/texts.js";
import { linearSvm } from "./linear-svm.js";
import { linearSvmOptions } from "./linear-svm.options.js";
import { logistic } from "./logistic.js";
import { logisticOptions } from "./logistic.options.js";
import { readMatrix } from "./matrix/read-matrix.js";
import type { LinearState } from "./model/state.js";
import { ridge } from "./ridge.js";
import { ridgeOptions } from "./ridge.options.js";

const TRAINERS: Readonly<Record<string, (options: object) => Trainer<LinearState>>> = {
  logistic: (options) => logistic(logisticOptions.parse({ ...options, tolerance: 1e-13, maxIterations: 1000 })),
  ridge: (options) => ridge(ridgeOptions.parse({ ...options, tolerance: 1e-13, maxIterations: 1000 })),
  "linear-svm": (options) => linearSvm(linearSvmOptions.parse({ ...options, tolerance: 1e-13, maxIterations: 1000 })),
};

it.each(textCases)("equals scikit-learn on its TF-IDF in CSR: $name", async ({ trainer, options, target, coefficients, intercept }) => {
  const state = await TRAINERS[trainer]!(options).train(textData(target), null, watchedProgress());
  const [{ places, weights }] = state.sparse as unknown as [LinearState["sparse"][number]];
  const outputs = state.intercept.length;
  coefficients.forEach((row, output) => row.forEach((weight, place) => expect(weights[places.indexOf(place) * outputs + output]).toBeCloseTo(weight, 6)));
  intercept.forEach((value, output) => expect(state.intercept[output]).toBeCloseTo(value, 6));
});

it("holds no weight for a place that training did not see", async () => {
  const data = textData("binary");
  const [feature] = data.features;
  const longer = { ...data, features: [{ ...feature!, shape: [2 ** 20] }] };
  const { sparse, facts } = await TRAINERS["logistic"]!({}).train(longer, null, watchedProgress());
  expect([sparse[0]!.length, sparse[0]!.places.length, facts.weights]).toEqual([2 ** 20, feature!.shape![0], feature!.shape![0]]);
});

it("a machine with a plain hinge takes no sparse vectors", () => {
  expect(linearSvm(linearSvmOptions.parse({ loss: "hinge" })).sparse).toMatchObject({ because: expect.stringContaining("squared-hinge") });
});

it("takes room for what occurs only, and asks the budget before it grows beyond it", async () => {
  const limits = { threads: 1, memoryBytes: 193 * 2 ** 20 };
  const data = textData("binary");
  await expect(readMatrix(data, { signal: new AbortController().signal, limits })).resolves.toMatchObject({ sparse: { entries: { length: numbersOf(data) } } });
  const heavy: TrainingData = { ...data, train: rowsOf(Array.from({ length: 40 }, () => wide())) };
  await expect(readMatrix(heavy, { signal: new AbortController().signal, limits })).rejects.toMatchObject({ code: "LIMIT_MEMORY", message: expect.stringContaining("tokens") });
});

it("learns no place from rows that weigh nothing", async () => {
  const data = textData("binary");
  const [first] = await batches(data);
  const weight = Float64Array.from({ length: first!.length }, (_, row) => (row < 40 ? 0 : 1));
  const train = rowsOf([withColumn(first!, field("$weight", "float64"), { dtype: "float64", values: weight })]);
  const { sparse } = await TRAINERS["logistic"]!({}).train({ ...data, train }, null, watchedProgress());
  const seen = new Set((slice(first!, 40, first!.length).column("tokens") as SparseColumn).places);
  expect([...sparse[0]!.places]).toEqual([...seen].sort((left, right) => left - right));
});

async function batches({ train }: TrainingData): Promise<Frame[]> {
  const all: Frame[] = [];
  for await (const batch of train.read(new AbortController().signal)) all.push(batch);
  return all;
}

function numbersOf(data: TrainingData): unknown {
  return expect.toSatisfy((length: number) => length > data.train.count);
}

/** 1,000 rows of 100 tokens each. */
function wide(): Frame {
  const tokens: SparseColumn = { dtype: "sparse", starts: Int32Array.from({ length: 1_001 }, (_, row) => 100 * row), places: Int32Array.from({ length: 100_000 }, (_, k) => k % 100), numbers: new Float32Array(100_000).fill(1) };
  const [feature] = textData("binary").features;
  return createFrame([feature!, field("$target", "float64")], [tokens, { dtype: "float64", values: Float64Array.from({ length: 1_000 }, (_, row) => row % 2) }], 1_000);
}
