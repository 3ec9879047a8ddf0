import { expect, it } from "vitest";
import { withMaskedValues } from "./slices.js";

const scores = (rows: number) => ({ rows, metrics: {} });

it("masks values by rows over all parts, and leaves what is missing", () => {
  const byValue = { Ann: { validation: scores(3), test: scores(1) }, Bob: { test: scores(9) }, "(missing)": { test: scores(20) }, Cy: { validation: scores(5) } };
  expect(Object.entries(withMaskedValues(byValue))).toEqual([
    ["(masked 1)", { test: scores(9) }],
    ["(masked 2)", { validation: scores(5) }],
    ["(masked 3)", { validation: scores(3), test: scores(1) }],
    ["(missing)", { test: scores(20) }],
  ]);
});
