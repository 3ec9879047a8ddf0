import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Batches, Frame } from "../../contracts/frame.js";
import { field } from "../../frame/frame.js";
import { fromRows, toRows } from "../../frame/rows.js";
import { slice } from "../../frame/take.js";
import { sampleRows } from "./sample.js";

const frame = (rows: number) => fromRows([field("row", "float64")], Array.from({ length: rows }, (_, row) => ({ row })));

async function* cut(whole: Frame, size: number): Batches {
  for (let from = 0; from < whole.length; from += size) yield slice(whole, from, Math.min(whole.length, from + size));
}

async function sampled(batches: Batches, count: number): Promise<readonly number[]> {
  const rows: number[] = [];
  for await (const one of sampleRows(batches, count, 1)) rows.push(...toRows(one).map(({ row }) => Number(row)));
  return rows;
}

describe("a sample", () => {
  it("has as many rows as asked for, in read order, whatever the batches", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }), async (rows, count, size) => {
        const found = await sampled(cut(frame(rows), size), count);
        expect(found).toHaveLength(Math.min(rows, count));
        expect(found).toEqual([...found].sort((left, right) => left - right));
        expect(found).toEqual(await sampled(cut(frame(rows), rows), count));
      }),
      { numRuns: 40 },
    );
  });

  it("is spread over all rows of a long stream", async () => {
    const found = await sampled(cut(frame(300_000), 10_000), 1_000);
    expect(found).toHaveLength(1_000);
    expect(found.filter((row) => row < 150_000).length).toBeGreaterThan(430);
    expect(found.filter((row) => row < 150_000).length).toBeLessThan(570);
  });
});
