import { seeded } from "@millrace/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomRows } from "../../fixtures/random-rows.js";
import { trainOn } from "../../fixtures/train-on.js";
import { createTeam } from "../kernels/team.js";
import { stepOf } from "./pack-gradients.js";

/** The packed pairs of some rows, by their numbers. */
async function pack(pairs: Float32Array, steps: readonly [number, number], key: number, numbers: readonly number[], plain = false): Promise<readonly (readonly [number, number])[]> {
  const rows = numbers.length;
  await using team = await createTeam({ threads: 1, bytes: 64 * rows + 4096, plain });
  const { arena } = team;
  const [from, packed, places] = [arena.take(8 * rows), arena.take(4 * rows), arena.take(8 * rows)];
  arena.f32(from, 2 * rows).set(pairs);
  numbers.forEach((number, row) => (arena.i32(places, 2 * rows)[2 * row] = number));
  team.run("packGradients", [from, rows, 1, packed, places, key], steps.map((step) => 1 / step));
  return Array.from(arena.i32(packed, rows), (pair) => [(pair << 16) >> 16, pair >> 16]);
}

describe("a gradient becomes", () => {
  const random = seeded("pairs");
  const rows = 40_003;
  const pairs = Float32Array.from({ length: 2 * rows }, (_, index) => (index % 2 === 0 ? random() * 2 - 1 : random() / 4));
  const steps = [1 / 64, 1 / 128] as const;
  const numbers = Array.from({ length: rows }, (_, row) => row);

  it("one of the two whole steps beside it, in the mean itself", async () => {
    const packed = await pack(pairs, steps, 5, numbers);
    const errors = [0, 0];
    packed.forEach((pair, row) =>
      pair.forEach((found, which) => {
        const exact = pairs[2 * row + which]! / steps[which]!;
        expect([Math.floor(exact), Math.ceil(exact)]).toContain(found);
        errors[which]! += found - exact;
      }),
    );
    // A row's error has a standard deviation of at most half a step: five of the mean's.
    for (const error of errors) expect(Math.abs(error / rows)).toBeLessThan((5 * 0.5) / Math.sqrt(rows));
  });

  it("the same wherever the row lies, another one in another round, and the same bits without SIMD", async () => {
    const packed = await pack(pairs, steps, 5, numbers);
    const turned = Float32Array.from(pairs, (_, index) => pairs[2 * (rows - 1 - (index >> 1)) + (index & 1)]!);
    expect((await pack(turned, steps, 5, numbers.toReversed())).toReversed()).toEqual(packed);
    expect(await pack(pairs, steps, 6, numbers)).not.toEqual(packed);
    expect(await pack(pairs, steps, 5, numbers, true)).toEqual(packed);
  });

  it("itself where it is whole", async () => {
    const whole = Float32Array.from([-1, 0.25, 1, 0.125, 0, 0]);
    expect(await pack(whole, steps, 5, [0, 1, 2])).toEqual([[-64, 32], [64, 16], [0, 0]]);
  });
});

it("steps are so long that no sum leaves 32 bits and no row 16, and not longer than twice that", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e30, noNaN: true }), fc.integer({ min: 1, max: 2 ** 29 }), (greatest, rows) => {
      const step = stepOf(greatest, rows);
      const most = Math.ceil(greatest / step);
      expect(Number.isInteger(Math.log2(step)) && Number.isFinite(Math.fround(1 / step))).toBe(true);
      expect(most * rows).toBeLessThan(2 ** 31);
      expect(most).toBeLessThan(2 ** 15);
      if (step > 2 ** -126) expect((greatest / step) * 4).toBeGreaterThan(Math.min(2 ** 14, 2 ** 30 / rows));
    }),
  );
});

it("trees of such gradients are as good: the loss of other rows is within a hundredth", async () => {
  const { features, frame } = randomRows({ rows: 20_000, seed: 3, kind: "binary" });
  const { frame: validation } = randomRows({ rows: 20_000, seed: 4, kind: "binary" });
  const options = { trees: 30, leaves: 15, earlyStopping: 30 };
  const [exact, quantized] = [await trainOn({ kind: "binary", features, frame, validation, options }), await trainOn({ kind: "binary", features, frame, validation, options: { ...options, quantizedGradients: true } })];
  expect(quantized.forest.value).not.toEqual(exact.forest.value);
  expect(quantized.facts.validationLoss.at(-1)! / exact.facts.validationLoss.at(-1)!).toBeLessThan(1.01);
});
