import { expect, it } from "vitest";
import { nearest, suggest } from "./nearest.js";

it.each([
  ["prcie", ["price", "id"], "price"],
  ["acuracy", ["brier", "accuracy"], "accuracy"],
  ["Rome", ["rome", "oslo"], "rome"],
  ["yy", ["y", "city"], "y"],
  ["rnu", ["plan", "run", "runs"], "run"],
  ["mdoe", ["mode", "model"], "mode"],
  ["citi", ["id", "city"], "city"],
  ["maxIter", ["l2", "maxIterations", "maxIterationsOfAll"], "maxIterations"],
])("%s is meant as one of %j: %s", (name, candidates, expected) => {
  expect(nearest(name, candidates)).toBe(expected);
});

it.each([
  ["zz", ["id", "city"]],
  ["a", ["b"]],
  ["abc", ["axy"]],
  ["mode", []],
  ["ma", ["maxIterations"]],
])("%s is meant as none of %j", (name, candidates) => {
  expect(nearest(name, candidates)).toBeNull();
});

it("lists the names where none is near", () => {
  expect(suggest("zz", ["id", "city"])).toBe("Use one of: id, city.");
  expect(suggest("zz", [])).toBe("None is available.");
});
