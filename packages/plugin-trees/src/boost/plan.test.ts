import { field } from "@millrace/core";
import { describe, expect, it } from "vitest";
import { treeColumns } from "../bins/columns.js";
import { gradientBoostingOptions } from "../gradient-boosting.options.js";
import { planMemory } from "./plan.js";
import { growthOf } from "./settings.js";

const GIB = 2 ** 30;

function plan(columnCount: number, rows: number, memoryBytes: number) {
  const columns = treeColumns([field("v", "float32", { shape: [columnCount] })]);
  return planMemory(growthOf(gradientBoostingOptions.parse({}), columns), 255, { rows, watchedRows: 0, columns, outputs: 1, threads: 1, isSampled: false, isQuantized: false }, { memoryBytes });
}

describe("the memory of a training", () => {
  it("keeps the sums of all leaves where they fit, and of fewer where the budget or the addresses end", () => {
    expect(plan(28, 100_000, 2 * GIB).slots).toBe(31);
    const [little, much, all] = [2, 4, 64].map((gib) => plan(100_000, 300, gib * GIB));
    expect(little!.slots).toBeLessThan(much!.slots);
    // A larger budget than WebAssembly can address is no reason to refuse.
    expect(all!.slots).toBeGreaterThanOrEqual(much!.slots);
    expect(all!.slots).toBeLessThan(31);
    expect(all!.bytes).toBeLessThan(4 * GIB);
  });

  it("is refused where the budget does not bear it, with another word where no budget would", () => {
    expect(() => plan(100_000, 300, GIB)).toThrow(expect.objectContaining({ code: "LIMIT_MEMORY" }));
    expect(() => plan(100_000, 30_000, GIB)).toThrow(expect.objectContaining({ code: "TREES_MEMORY" }));
    expect(() => plan(100_000, 30_000, 64 * GIB)).toThrow(expect.objectContaining({ code: "TREES_MEMORY" }));
  });
});
