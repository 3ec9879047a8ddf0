import { watchedProgress } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { problems, referenceData } from "../../fixtures/reference.js";
import { linearSvm } from "../linear-svm.js";
import { linearSvmOptions } from "../linear-svm.options.js";
import { logistic } from "../logistic.js";
import { logisticOptions } from "../logistic.options.js";
import type { Matrix } from "./matrix.js";
import { reweighClasses } from "./reweigh-classes.js";

const binary = problems.binary as Extract<typeof problems.binary, { readonly kind: "binary" }>;
const matrix = (target: readonly number[], weight: readonly number[] | null = null): Matrix => {
  const weights = weight === null ? null : Float64Array.from(weight);
  const totalWeight = weight === null ? target.length : weight.reduce((sum, one) => sum + one, 0);
  return { rows: target.length, width: 0, numbers: new Float32Array(0), numberColumns: [], codeColumns: [], entries: new Int32Array(0), sparse: null, sparseColumns: [], sparseOffset: 1, size: 1, seen: Float64Array.of(totalWeight), target: Float64Array.from(target), weight: weights, totalWeight };
};

describe("class weights", () => {
  it("balanced make all classes weigh the same, and all rows together as before", () => {
    const { matrix: found, factors } = reweighClasses(matrix([1, 0, 0, 0]), binary, "balanced");
    expect(found).toMatchObject({ weight: Float64Array.of(2, 2 / 3, 2 / 3, 2 / 3), totalWeight: expect.closeTo(4, 12) });
    expect(factors).toEqual({ no: 2 / 3, yes: 2 });
    expect(reweighClasses(matrix([1, 0], [3, 1]), binary, "balanced").matrix.weight).toEqual(Float64Array.of(2, 2));
  });

  it("are factors of the rows' own weights; a class that is not named keeps its own", () => {
    expect(reweighClasses(matrix([1, 0], [2, 5]), binary, { yes: 3 }).matrix).toMatchObject({ weight: Float64Array.of(6, 5), totalWeight: 11 });
    expect(reweighClasses(matrix([0, 2, 1]), problems.multiclass as never, { c: 4 }).matrix.weight).toEqual(Float64Array.of(1, 4, 1));
  });

  it("name classes that are there", () => {
    expect(() => reweighClasses(matrix([1, 0]), binary, { yess: 3 })).toThrow(expect.objectContaining({ code: "LINEAR_CLASS", mend: 'Did you mean "yes"?' }));
  });

  it("are told of by the model, as a margin is; equal ones are not", async () => {
    const data = referenceData({ target: "binary", weighted: false });
    const doubts = async (classWeight: unknown) => (await logistic(logisticOptions.parse({ classWeight })).train(data, null, watchedProgress())).remarks.filter(({ about }) => about === "probabilities");
    expect(await doubts("balanced")).toMatchObject([{ sentence: expect.stringMatching(/^Probabilities are not calibrated: .*`yes` [\d.]+.*calibrate/) }]);
    expect(await doubts(null)).toEqual([]);
    expect(await doubts({ no: 2, yes: 2 })).toEqual([]);
    expect((await linearSvm(linearSvmOptions.parse({})).train(data, null, watchedProgress())).remarks).toMatchObject([{ about: "probabilities", sentence: expect.stringContaining("margins") }]);
  });
});
