import { expect, it } from "vitest";
import type { ResolvedModel } from "../../contracts/resolved.js";
import { checkStep } from "./check.js";

const planned = (...reads: readonly (readonly string[])[]) =>
  checkStep.plan({ name: "model", columns: { target: "y", weight: null, key: null, group: null, ignore: [], pii: [], rest: "drop" }, features: reads.map((from) => ({ from })), check: [] } as unknown as ResolvedModel, []);

it("a check is the same task in whatever order features read columns", () => {
  expect(planned(["b", "a"], ["c", "a"])).toEqual(planned(["a"], ["c", "b"]));
  expect(planned(["a"], ["c"])).not.toEqual(planned(["a"], ["b"]));
});
