import { double, integer, record, sample } from "fast-check";
import { describe, expect, it } from "vitest";
import { referenceData } from "../../fixtures/reference.js";
import { roundedHingeLoss, squaredHingeLoss } from "../loss/hinge-loss.js";
import { logLoss } from "../loss/log-loss.js";
import type { Loss } from "../loss/loss.js";
import { softmaxLoss } from "../loss/softmax-loss.js";
import { squaredLoss } from "../loss/squared-loss.js";
import { readMatrix } from "../matrix/read-matrix.js";
import { createObjective } from "./objective.js";
import { multiply, quadraticOf } from "./quadratic.js";
import { dot } from "./vector.js";

const { signal } = new AbortController();
const LOSSES: readonly (readonly [string, Loss, "binary" | "multiclass" | "regression"])[] = [
  ["log loss", logLoss, "binary"],
  ["softmax", softmaxLoss(3), "multiclass"],
  ["squared error", squaredLoss, "regression"],
  ["squared hinge", squaredHingeLoss, "binary"],
  ["rounded hinge", roundedHingeLoss(0.5), "binary"],
];

async function objectiveOf(loss: Loss, target: "binary" | "multiclass" | "regression", weighted: boolean) {
  const matrix = await readMatrix(referenceData({ target, weighted }), { signal, limits: { threads: 1, memoryBytes: 2 ** 30 } });
  return createObjective(matrix, loss, new Float64Array(matrix.size).fill(0.3), signal);
}

/** A point and a direction from a seed. */
function vectors(size: number, seed: number, scale: number): readonly [Float64Array, Float64Array] {
  const at = (phase: number) => Float64Array.from({ length: size }, (_, j) => scale * Math.sin(seed * 12.9898 + j * 78.233 + phase));
  return [at(0), at(1)];
}

describe.each(LOSSES)("the derivatives of %s", (_name, loss, target) => {
  it.each([false, true])("are those of finite differences (weighted: %s)", async (weighted) => {
    const objective = await objectiveOf(loss, target, weighted);
    const cases = record({ seed: integer({ min: 0, max: 1e6 }), scale: double({ min: 0.01, max: 2, noNaN: true }) });
    const wrong: string[] = [];
    const check = async (seed: number, scale: number) => {
      const [point, direction] = vectors(objective.size, seed, scale);
      const gradient = new Float64Array(objective.size);
      const at = (length: number) => objective.evaluate(point.map((x, j) => x + length * direction[j]!), new Float64Array(objective.size));
      const value = await objective.evaluate(point, gradient);
      const slope = ((await at(1e-5)) - (await at(-1e-5))) / 2e-5;
      if (Math.abs(slope - dot(gradient, direction)) > 1e-5 * Math.max(1, Math.abs(value))) wrong.push(`seed ${seed}: ${slope} is not ${dot(gradient, direction)}`);
    };
    for (const { seed, scale } of sample(cases, { seed: 1, numRuns: 25 })) await check(seed, scale);
    expect(wrong).toEqual([]);
  });
});

describe("the curvature of smooth losses", () => {
  it.each([["log loss", logLoss, "binary"], ["squared error", squaredLoss, "regression"]] as const)("is what the gradient of %s changes by", async (_name, loss, target) => {
    const objective = await objectiveOf(loss, target, true);
    const [point, direction] = vectors(objective.size, 3, 0.5);
    const quadratic = quadraticOf(await objective.curvature(point), objective.structure, objective.size);
    const gradientAt = async (length: number) => {
      const gradient = new Float64Array(objective.size);
      await objective.evaluate(point.map((x, j) => x + length * direction[j]!), gradient);
      return gradient;
    };
    const [up, down] = [await gradientAt(1e-5), await gradientAt(-1e-5)];
    const product = multiply(quadratic, direction);
    product.forEach((x, j) => expect(x).toBeCloseTo((up[j]! - down[j]!) / 2e-5, 4));
  });

  it("is solved by its factors", async () => {
    const objective = await objectiveOf(logLoss, "binary", false);
    const [point, direction] = vectors(objective.size, 5, 0.5);
    const blocks = await objective.curvature(point);
    const quadratic = quadraticOf(blocks, objective.structure, objective.size);
    const solved = multiply(quadratic, direction);
    objective.factor(blocks[0]!).solve(solved, 0);
    solved.forEach((x, j) => expect(x).toBeCloseTo(direction[j]!, 9));
  });
});
