import { expect, it } from "vitest";
import { batchRows } from "./batch-size.js";

it.each([
  ["a cheap one, all that a text of rows may hold", 0.001, 4_096],
  ["100 trees", 0.3, 213],
  ["a slow one, as many as were measured", 4.9, 64],
])("rows of a batch are as many as take 1 ms: of %s", (_, rows64, most) => {
  expect(batchRows(rows64)).toBe(most);
});
