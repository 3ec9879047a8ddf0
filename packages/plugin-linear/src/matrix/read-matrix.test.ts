import { createFrame, field } from "@millrace/core";
import { codeFeature, countedRows, numberFeature, rowsOf, trainingData } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { problems } from "../../fixtures/reference.js";
import { readMatrix } from "./read-matrix.js";

const progress = { signal: new AbortController().signal, limits: { threads: 1, memoryBytes: 2 ** 30 } };
const features = [numberFeature("x"), codeFeature("city", ["a", "b"])];
const good = { x: [1, Number.NaN, 3, 5], city: [0, 1, 2, 3], $target: [0, 1, 0, 1] };

describe("readMatrix", () => {
  it("keeps numbers standardized with missing ones at the mean, and codes as parameters", async () => {
    const matrix = await readMatrix(trainingData(problems.binary, features, good), progress);
    expect(matrix.numberColumns).toEqual([{ feature: "x", mean: 3, scale: Math.sqrt(8 / 3) }]);
    expect(Array.from(matrix.numbers)).toEqual([-2, 0, 0, 2].map((z) => Math.fround(z / Math.sqrt(8 / 3))));
    expect(Array.from(matrix.entries)).toEqual([2, 3, 4, 5]);
    expect(matrix.size).toBe(6);
  });

  it("weighs the mean", async () => {
    const { numberColumns, totalWeight } = await readMatrix(trainingData(problems.binary, features, { ...good, $weight: [3, 1, 1, 0] }), progress);
    expect(numberColumns[0]!.mean).toBe(1.5);
    expect(totalWeight).toBe(5);
  });

  it("takes no memory that the budget has not", async () => {
    const data = trainingData(problems.binary, features, good);
    const train = countedRows({ ...data.train, count: 50_000_000 });
    await expect(readMatrix({ ...data, train }, progress)).rejects.toMatchObject({ code: "LIMIT_MEMORY", message: expect.stringContaining("The training matrix of 50,000,000 rows and 2 features takes 1145 MiB") });
    expect(train.reads()).toBe(0);
  });

  it("reads the rows once", async () => {
    const data = trainingData(problems.binary, features, good);
    const train = countedRows(data.train);
    await readMatrix({ ...data, train }, progress);
    expect(train.reads()).toBe(1);
  });

  it("takes vectors apart", async () => {
    const v = field("v", "float32", { shape: [2] });
    const frame = createFrame([v, field("$target", "float64")], [{ dtype: "float32", values: Float32Array.of(0, 10, 2, 30) }, { dtype: "float64", values: Float64Array.of(0, 1) }], 2);
    const matrix = await readMatrix({ problem: problems.binary, features: [v], train: rowsOf([frame]), validation: null }, progress);
    expect(matrix.numberColumns).toEqual([{ feature: "v", mean: 1, scale: 1 }, { feature: "v", mean: 20, scale: 10 }]);
    expect(Array.from(matrix.numbers)).toEqual([-1, -1, 1, 1]);
  });

  it.each([
    ["DATA_INFINITE", { ...good, x: [1, 2, Number.POSITIVE_INFINITY, 4] }],
    ["DATA_CODE", { ...good, city: [0, 1, 4, 0] }],
    ["DATA_CODE", { ...good, city: [0, 1, -1, 0] }],
    ["DATA_TARGET", { ...good, $target: [0, 1, Number.NaN, 1] }],
    ["DATA_TARGET", { ...good, $target: [0, 1, 2, 1] }],
    ["DATA_ONE_CLASS", { ...good, $target: [1, 1, 1, 1] }],
    ["DATA_ONE_CLASS", { ...good, $weight: [0, 1, 0, 1] }],
    ["DATA_WEIGHT", { ...good, $weight: [1, 1, -1, 1] }],
    ["DATA_WEIGHT", { ...good, $weight: [1, 1, Number.NaN, 1] }],
    ["DATA_WEIGHT", { ...good, $weight: [0, 0, 0, 0] }],
    ["DATA_EMPTY", { x: [], city: [], $target: [] }],
  ])("refuses with %s: %j", async (code, lists) => {
    await expect(readMatrix(trainingData(problems.binary, features, lists), progress)).rejects.toMatchObject({ code, mend: expect.stringMatching(/\.$/) });
  });

  it("names the column and the row of an infinite number", async () => {
    await expect(readMatrix(trainingData(problems.binary, features, { ...good, x: [1, 2, Number.NEGATIVE_INFINITY, 4] }), progress)).rejects.toMatchObject({ facts: { column: "x", row: 2 } });
  });

  it("refuses a column that is neither number nor code", async () => {
    await expect(readMatrix({ ...trainingData(problems.binary, features, good), features: [...features, field("name", "string")] }, progress)).rejects.toMatchObject({ code: "LINEAR_FEATURE", facts: { column: "name" } });
  });

  it("refuses rows that are not as many as promised", async () => {
    const data = trainingData(problems.binary, features, good);
    await expect(readMatrix({ ...data, train: { count: 5, read: data.train.read } }, progress)).rejects.toMatchObject({ code: "DATA_ROWS" });
  });
});
