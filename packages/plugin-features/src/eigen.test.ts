import { assert, double, array, property } from "fast-check";
import { expect, it } from "vitest";
import { expectClose } from "../fixtures/expect-close.js";
import { eigenSymmetric } from "./eigen.js";

const symmetric = (n: number, lower: readonly number[]) => {
  const matrix = new Float64Array(n * n);
  for (let i = 0, at = 0; i < n; i++) for (let j = 0; j <= i; j++, at++) matrix[i * n + j] = matrix[j * n + i] = lower[at]!;
  return matrix;
};

it("gives values and vectors of a matrix known by hand", () => {
  const { values, vectors } = eigenSymmetric(Float64Array.of(2, 1, 1, 2));
  expectClose(values, [3, 1], 1e-12);
  expectClose(vectors, [Math.SQRT1_2, Math.SQRT1_2, Math.SQRT1_2, -Math.SQRT1_2], 1e-12);
  expect(eigenSymmetric(Float64Array.of(5))).toEqual({ values: Float64Array.of(5), vectors: Float64Array.of(1) });
  expect(eigenSymmetric(new Float64Array(4)).values).toEqual(new Float64Array(2));
});

it("makes the matrix again, with vectors at right angles, of any symmetric matrix", () => {
  const n = 6;
  assert(
    property(array(double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 21, maxLength: 21 }), (lower) => {
      const matrix = symmetric(n, lower);
      const { values, vectors } = eigenSymmetric(matrix);
      const size = Math.max(1, ...matrix.map(Math.abs));
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          let [again, angle] = [0, 0];
          for (let k = 0; k < n; k++) {
            again += values[k]! * vectors[k * n + i]! * vectors[k * n + j]!;
            angle += vectors[i * n + k]! * vectors[j * n + k]!;
          }
          expect(Math.abs(again - matrix[i * n + j]!)).toBeLessThan(1e-12 * size);
          expect(Math.abs(angle - (i === j ? 1 : 0))).toBeLessThan(1e-12);
        }
      expect([...values]).toEqual([...values].sort((a, b) => b - a));
    }),
    { seed: 1, numRuns: 100 },
  );
});
