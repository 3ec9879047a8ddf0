import { createFrame, field, numberColumn } from "@millrace/core";
import { describeMetric } from "@millrace/core/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GRID_CELLS } from "./residual-grid.js";
import { residuals } from "./residuals.js";

describeMetric({ name: "residuals", problem: { kind: "regression" }, create: () => residuals() });

const fold = residuals().fold({ kind: "regression" });
const frame = (rows: readonly (readonly [number, number])[]) => createFrame([field("$target", "float64"), field("$prediction", "float64")], [0, 1].map((at) => numberColumn("float64", rows.map((row) => row[at]!))), rows.length);
const judge = (rows: readonly (readonly [number, number])[]) => fold.finish(fold.add(fold.start(), frame(rows)));

describe("residuals", () => {
  it("tell how far the mean is off, and where", () => {
    const { value, standardError, plot } = judge([[1, 2], [3, 3], [5, 7]]);
    expect(value).toBe(1);
    expect(standardError).toBeCloseTo(1 / Math.sqrt(3), 12);
    expect(plot).toEqual({ kind: "residuals", width: 0.25, height: 0.125, cells: [[2, 1, 1], [3, 0, 1], [7, 2, 1]] });
  });

  it("fall into the same cells whatever the parts, of which there are never more than a grid holds", () => {
    const number = fc.oneof(fc.integer({ min: -1e6, max: 1e6 }), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }));
    fc.assert(
      fc.property(fc.array(fc.array(fc.tuple(number, number), { maxLength: 9 }), { minLength: 1, maxLength: 5 }), (parts) => {
        const merged = parts.map((rows) => fold.add(fold.start(), frame(rows))).reduce((left, right) => fold.merge(left, right));
        const { cells, width } = fold.finish(merged).plot as { cells: number[][]; width: number };
        expect(cells).toEqual((judge(parts.flat()).plot as { cells: unknown }).cells);
        expect(cells.reduce((sum, [, , weight]) => sum + weight!, 0)).toBe(parts.flat().length);
        if (cells.length > 0) expect((cells.at(-1)![0]! - cells[0]![0]!) / width).toBeLessThan(GRID_CELLS);
      }),
      // A residual whose share of a cell is less than the smallest number.
      { examples: [[[[[0, -1.5e-323]], [[0, -65]]]]] },
    );
  });
});
