import { describe, expect, it } from "vitest";
import type { Field } from "../../contracts/frame.js";
import type { Problem } from "../../contracts/trainer.js";
import type { Transform } from "../../contracts/transform.js";
import { formatPath } from "../../config/path.js";
import { field } from "../../frame/frame.js";
import { afterIssues } from "./after-issues.js";
import type { PlacedUse } from "./feature-issues.js";

const never = () => expect.fail("nothing is fitted or lowered");
const giving = (fields: (input: readonly Field[]) => readonly Field[], learnsFrom: Transform["learnsFrom"] = "inputs"): Transform => ({ learnsFrom, fields, fit: never, lower: never });
const same = (input: readonly Field[]) => input.map((one) => ({ ...one, dtype: "float32" as const }));

const calibrate = giving(same, "target");
const scale = giving(same);
const decide = giving(() => [field("decision", "bool")], "target");
const words = giving(() => [field("word", "string"), field("other", "string")]);

const BINARY: Problem = { kind: "binary", classes: ["no", "yes"], positive: "yes" };
const MULTICLASS: Problem = { kind: "multiclass", classes: ["a", "b", "c"] };
const REGRESSION: Problem = { kind: "regression" };

const placed = (transform: Transform, from: readonly string[] = [], as: string | null = null): PlacedUse => ({ use: { use: { kind: "transform", name: "any", with: {} }, from, as }, transform, plugin: "acme" });

function issuesOf(after: readonly PlacedUse[], problem: Problem = BINARY): readonly string[] {
  return afterIssues(after, problem, { rule: "random", with: {} }).map(({ path, message, mend }) => `${formatPath(path)}: ${message} ${mend}`);
}

describe("the order of what stands behind a model", () => {
  it("is right where what changes probabilities stands before what decides by them", () => {
    expect(issuesOf([placed(calibrate), placed(decide)])).toEqual([]);
    expect(issuesOf([placed(calibrate), placed(calibrate)], MULTICLASS)).toEqual([]);
    expect(issuesOf([placed(scale), placed(scale)], REGRESSION)).toEqual([]);
  });

  it("is wrong the other way round", () => {
    expect(issuesOf([placed(decide), placed(calibrate)])).toEqual([
      'after[1]: A transform in `after` changes "score" when after[0] has decided by it: the decision would not be that of the "score" beside it. Put it before after[0], or name its result otherwise with `as`.',
    ]);
    expect(issuesOf([placed(scale, ["score"], "p"), placed(decide, ["p"], "call"), placed(scale, ["p"])])).toEqual([expect.stringMatching(/^after\[2\]: .* changes "p" when after\[1\] has decided by it/)]);
  });

  it("does not matter to what stands beside, and to values that no decision was made of", () => {
    expect(issuesOf([placed(decide), placed(calibrate, [], "calibrated")])).toEqual([]);
    expect(issuesOf([placed(calibrate, [], "calibrated"), placed(decide, ["calibrated"]), placed(calibrate)])).toEqual([]);
  });
});

describe("a name behind a model", () => {
  it("is given once", () => {
    expect(issuesOf([placed(decide), placed(decide)])).toEqual(['after[1]: A transform in `after` gives "decision", which after[0] gives: it may take the place of nothing but what it reads. Name it otherwise with `as`, or remove one of the two.']);
    expect(issuesOf([placed(decide), placed(decide, [], "second"), placed(words, [], "second")])).toEqual([expect.stringMatching(/^after\[2\]\.as: .* gives "second", which after\[1\] gives/)]);
    expect(issuesOf([placed(words, [], "other")])).toEqual([expect.stringMatching(/^after\[0\]\.as: .* gives "other", which it gives twice/)]);
    expect(issuesOf([placed(words), placed(words, ["score"], "again")])).toEqual([expect.stringMatching(/^after\[1\]: .* gives "other", which after\[0\] gives/)]);
    expect(issuesOf([placed(scale, [], "p"), placed(calibrate, ["p"], "score")])).toEqual([expect.stringMatching(/^after\[1\]\.as: .* gives "score", which the model gives/)]);
  });

  it("may be that of what it reads", () => {
    expect(issuesOf([placed(scale, [], "p"), placed(scale, ["p"])])).toEqual([]);
  });
});

describe("in the place of probabilities", () => {
  it("stands nothing but what learns from the target", () => {
    expect(issuesOf([placed(scale, ["score"])])).toEqual(['after[0]: A transform in `after` takes the place of "score" and promises no probability: it does not learn from the target. Name its result otherwise with `as`, so that it stands beside "score".']);
    expect(issuesOf([placed(scale)], MULTICLASS)).toEqual([expect.stringMatching(/^after\[0\]: .* takes the place of "probabilities"/)]);
    expect(issuesOf([placed(scale, ["score"], "scaled")])).toEqual([]);
  });

  it("stands no truth and no text, and neither in the place of a number", () => {
    expect(issuesOf([placed(decide, [], "score")])).toEqual([expect.stringMatching(/^after\[0\]\.as: .* promises no probability: it gives bool\./)]);
    expect(issuesOf([placed(words, [], "prediction")], REGRESSION)).toEqual([expect.stringMatching(/^after\[0\]\.as: .* promises no number: it gives string\./)]);
  });
});
