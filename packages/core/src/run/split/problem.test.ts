import { describe, expect, it } from "vitest";
import { field } from "../../frame/frame.js";
import { fromRows } from "../../frame/rows.js";
import { sideCode } from "../data/sides.js";
import { classCounter } from "./problem.js";

type Roles = Partial<Parameters<typeof classCounter>[0]>;

/** The problem of a numeric target whose last row is in the test. */
function problemOf(values: readonly (number | null)[], roles: Roles = {}) {
  const counter = classCounter({ target: "y", positive: null, task: null, ...roles });
  const frame = fromRows([field("y", "float64")], values.map((y) => ({ y })));
  counter.add(frame, Uint8Array.from(values, (_, row) => sideCode(row === values.length - 1 ? "test" : "train")));
  return counter.finish().problem;
}

describe("the problem of a target of two numbers", () => {
  it("is asked for at once", () => {
    expect(() => problemOf([0, 1, null, 1, 0])).toThrow(expect.objectContaining({ code: "DATA_NO_POSITIVE", mend: 'Set columns.positive to 1 (binary), or columns.task to "regression".' }));
    expect(() => problemOf([2.5, -1, 2.5])).toThrow("two numbers only, -1 and 2.5");
  });

  it("is what the config says", () => {
    expect(problemOf([0, 1, 0, 1], { positive: "1" })).toEqual({ kind: "binary", classes: ["0", "1"], positive: "1" });
    expect(problemOf([0, 1, 0], { task: "regression" })).toEqual({ kind: "regression" });
    expect(problemOf([0, 1, 0], { task: "multiclass" })).toEqual({ kind: "multiclass", classes: ["0", "1"] });
  });

  it("is regression where there is another number, or one only", () => {
    expect(problemOf([0, 1, 2])).toEqual({ kind: "regression" });
    expect(problemOf([3, 3])).toEqual({ kind: "regression" });
  });
});

it("refuses a class that begins with a mark of byte order, and shows it", () => {
  const texts = ["yes", "no", "\uFEFFyes", "no"];
  const counter = classCounter({ target: "y", positive: "yes", task: null });
  counter.add(fromRows([field("y", "string")], texts.map((y) => ({ y }))), Uint8Array.from(texts, () => sideCode("train")));
  expect(() => counter.finish()).toThrow(expect.objectContaining({ code: "DATA_CLASS_MARK", message: String.raw`The target "y" has the class "\uFEFFyes", which begins with U+FEFF, the mark of byte order of a file.`, facts: { column: "y", value: String.raw`"\uFEFFyes"` } }));
});
