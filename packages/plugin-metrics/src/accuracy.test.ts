import { createFrame, field } from "@millrace/core";
import { describeMetric } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { accuracy } from "./accuracy.js";

describeMetric({ name: "accuracy, binary", problem: { kind: "binary", classes: ["no", "yes"], positive: "yes" }, create: () => accuracy({ threshold: undefined }) });
describeMetric({ name: "accuracy, multiclass", problem: { kind: "multiclass", classes: ["a", "b", "c"] }, create: () => accuracy({ threshold: undefined }) });

describe("decisions", () => {
  const decided = (classes: readonly [string, string], threshold?: number): number | null => {
    const fold = accuracy({ threshold }).fold({ kind: "binary", classes, positive: "yes" });
    const frame = createFrame([field("$target", "float64"), field("$prediction", "float32")], [{ dtype: "float64", values: Float64Array.of(1) }, { dtype: "float32", values: Float32Array.of(0.5) }], 1);
    return fold.finish(fold.add(fold.start(), frame)).value;
  };

  it("at 0.5 go to the first class, as the graph's label does", () => {
    expect(decided(["no", "yes"])).toBe(0);
    expect(decided(["yes", "no"])).toBe(1);
  });

  it("by a threshold are positive from it on", () => {
    expect(decided(["no", "yes"], 0.5)).toBe(1);
    expect(decided(["no", "yes"], 0.6)).toBe(0);
  });
});
