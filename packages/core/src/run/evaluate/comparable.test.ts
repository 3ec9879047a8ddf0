import { describe, expect, it } from "vitest";
import type { Field } from "../../contracts/frame.js";
import type { Problem } from "../../contracts/trainer.js";
import { maskedError } from "../../errors/masked.js";
import { field } from "../../frame/frame.js";
import { requireComparable } from "./comparable.js";

const multiclass = (...classes: readonly string[]): Problem => ({ kind: "multiclass", classes });

function refusal(theirs: Problem | null, ours: Problem, inputs: readonly Field[] = [], fields: readonly Field[] = []): unknown {
  try {
    requireComparable("m@2", { name: "m", inputs, outputs: [], problem: theirs, seen: {} }, { problem: ours, fields, target: "y" });
    return null;
  } catch (error) {
    return error;
  }
}

describe("whether a champion can be judged", () => {
  it("it can where problem and columns are the same, whatever else the data has", () => {
    expect(refusal(multiclass("a", "b"), multiclass("a", "b"), [field("x", "float64")], [field("w", "string"), field("x", "float64")])).toBeNull();
    expect(refusal({ kind: "regression" }, { kind: "regression" })).toBeNull();
  });

  it("it cannot where there is a class more, or one less", () => {
    expect(refusal(multiclass("a", "b", "c"), multiclass("a", "b", "c", "d"))).toMatchObject({ message: expect.stringContaining('it does not know class "d".') });
    expect(refusal(multiclass("a", "b", "c"), multiclass("a", "b"))).toMatchObject({ message: expect.stringContaining('this data does not have its class "c".') });
    expect(refusal(null, multiclass("a"))).toMatchObject({ message: expect.stringContaining("its problem is none") });
  });

  it("it names five at most, and classes of a personal target are masked", () => {
    const many = Array.from({ length: 9 }, (_, index) => `class-${index}`);
    const error = refusal(multiclass("a", "b"), multiclass("a", "b", ...many));
    expect(error).toMatchObject({ message: expect.stringContaining('it does not know classes "class-0", "class-1", "class-2", "class-3", "class-4", and 4 more.') });
    expect((maskedError(error, ["y"]) as Error).message).not.toContain("class-");
  });

  it("it cannot where a vector has another width", () => {
    expect(refusal({ kind: "regression" }, { kind: "regression" }, [field("v", "float32", { shape: [3] })], [field("v", "float32", { shape: [4] })])).toMatchObject({
      message: expect.stringContaining('it reads the column "v" as float32 with 3 values a row, which is float32 with 4 values a row now.'),
    });
  });
});
