import { expect, it } from "vitest";
import { randomRows } from "../../fixtures/random-rows.js";
import { trainOn } from "../../fixtures/train-on.js";
import { importanceByGain } from "./importance.js";

it("is a share of all gain by feature, and on the card in a sentence", async () => {
  const { features, frame } = randomRows({ rows: 2_000, seed: 1, kind: "regression" });
  const { columns, forest, remarks } = await trainOn({ kind: "regression", features, frame });
  const shares = importanceByGain(columns, forest);
  const gainOf = (name: string | null) => forest.gain.reduce((sum, gain, node) => sum + (name === null || columns[forest.column[node]!]?.feature === name ? gain : 0), 0);
  for (const [name, share] of shares) expect(share).toBeCloseTo(gainOf(name) / gainOf(null), 12);
  expect(shares.reduce((sum, [, share]) => sum + share, 0)).toBeCloseTo(1, 12);
  expect(shares.map(([, share]) => share)).toEqual(shares.map(([, share]) => share).sort((a, b) => b - a));
  expect(remarks).toEqual([{ about: "importance", sentence: expect.stringContaining(`\`${shares[0]![0]}\` ${(100 * shares[0]![1]).toFixed(1)} %`) }]);
});

it("says nothing where nothing was split", async () => {
  const { features, frame } = randomRows({ rows: 50, seed: 1, kind: "regression" });
  expect((await trainOn({ kind: "regression", features, frame, options: { minGain: 1e9 } })).remarks).toEqual([]);
});
