import { type Column, createFrame, field, type Frame } from "@millrace/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { trainOn } from "../../fixtures/train-on.js";

/** G^2 / H of rows whose target is y, at the mean: gradients are mean - y, hessians 1. */
function worth(rows: readonly number[], targets: readonly number[], mean: number, l2: number): number {
  const gradient = rows.reduce((sum, row) => sum + mean - targets[row]!, 0);
  return rows.length === 0 ? 0 : gradient ** 2 / (rows.length + l2);
}

/** The gain of every way to part the rows by one column: cuts with missing values on either side, or any set of categories. */
function gains(frame: Frame, targets: readonly number[], l2: number): readonly number[] {
  const mean = targets.reduce((sum, y) => sum + y, 0) / targets.length;
  const all = targets.map((_, row) => row);
  const gainOf = (isLeft: (row: number) => boolean) => {
    const [left, right] = [all.filter(isLeft), all.filter((row) => !isLeft(row))];
    return left.length === 0 || right.length === 0 ? 0 : worth(left, targets, mean, l2) + worth(right, targets, mean, l2) - worth(all, targets, mean, l2);
  };
  return frame.fields.flatMap(({ name, categories }) => {
    if (name.startsWith("$")) return [];
    const { values } = frame.column(name) as { readonly values: Float32Array | Int32Array };
    if (categories !== null) return Array.from({ length: 2 ** (categories.length + 1) }, (_, set) => gainOf((row) => ((set >> values[row]!) & 1) === 1));
    return [...new Set([...values, Infinity])].flatMap((cut) => [false, true].map((missingLeft) => gainOf((row) => (Number.isNaN(values[row]) ? missingLeft : values[row]! <= cut))));
  });
}

const rows = fc.array(fc.record({ x: fc.option(fc.integer({ min: -4, max: 4 }), { nil: Number.NaN }), z: fc.integer({ min: 0, max: 2 }), c: fc.integer({ min: 0, max: 4 }), y: fc.integer({ min: -20, max: 20 }) }), { minLength: 2, maxLength: 24 });

it("finds the best of all splits", async () => {
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom(0, 1), async (list, l2) => {
      const features = [field("x", "float32"), field("z", "float32"), field("c", "int32", { nullable: false, categories: ["a", "b", "c", "d"] })];
      const columns: Column[] = [
        { dtype: "float32", values: Float32Array.from(list, ({ x }) => x) },
        { dtype: "float32", values: Float32Array.from(list, ({ z }) => z) },
        { dtype: "int32", values: Int32Array.from(list, ({ c }) => (l2 === 0 ? c : 0)), validity: null },
        { dtype: "float64", values: Float64Array.from(list, ({ y }) => y) },
      ];
      const frame = createFrame([...features, field("$target", "float64")], columns, list.length);
      const { forest } = await trainOn({ kind: "regression", features, frame, options: { trees: 1, leaves: 2, l2, minChildWeight: 0, categorySmoothing: 0, categoryL2: 0 } });
      const best = Math.max(0, ...gains(frame, list.map(({ y }) => y), l2));
      expect(forest.gain[0] ?? 0).toBeCloseTo(best, best > 1e-6 ? 4 : 6);
    }),
    { numRuns: 150, seed: 1 },
  );
});
