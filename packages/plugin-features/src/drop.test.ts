import { expect, it } from "vitest";
import { field } from "@millrace/core";
import { drop } from "./drop.js";

it("promises nothing, whatever the columns are: that is what takes them out of scope", () => {
  const columns = [field("x", "float64"), field("t", "string"), field("at", "timestamp"), field("image", "bytes"), field("v", "float32", { shape: [2] })];
  expect(drop().fields(columns)).toEqual([]);
  const fold = drop().fit(columns, null);
  expect(fold.finish(fold.start())).toBeNull();
});
