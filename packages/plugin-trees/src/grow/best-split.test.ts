import { type Column, createFrame, field, type Frame } from "@millrace/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { trainOn } from "../../fixtures/train-on.js";

interface Rules {
  readonly l1: number;
  readonly l2: number;
  readonly minChildRows: number;
  readonly minChildWeight: number;
  /** Of x. */
  readonly direction: "increasing" | "decreasing" | null;
}

interface Targets {
  readonly y: readonly number[];
  readonly weight: readonly number[];
  readonly mean: number;
}

interface Part {
  readonly weight: number;
  readonly worth: number;
  readonly value: number;
}

/** Rows whose target is y, at the mean: gradients are weight times mean - y, hessians the weights. */
function partOf(rows: readonly number[], { y, weight, mean }: Targets, { l1, l2 }: Rules): Part {
  const gradient = rows.reduce((sum, row) => sum + weight[row]! * (mean - y[row]!), 0);
  const hessian = rows.reduce((sum, row) => sum + weight[row]!, 0);
  const shrunk = Math.sign(gradient) * Math.max(0, Math.abs(gradient) - l1);
  return rows.length === 0 ? { weight: 0, worth: 0, value: 0 } : { weight: hessian, worth: shrunk ** 2 / (hessian + l2), value: -shrunk / (hessian + l2) };
}

interface Split {
  readonly gain: number;
  readonly values: readonly [number, number];
}

/** Every way to part the rows by one column that the rules allow: cuts with missing values on either side, or any set of categories. */
function splits(frame: Frame, targets: Targets, rules: Rules): readonly Split[] {
  const all = targets.y.map((_, row) => row);
  const whole = partOf(all, targets, rules);
  const splitBy = (isLeft: (row: number) => boolean, direction: Rules["direction"]): readonly Split[] => {
    const [left, right] = [all.filter(isLeft), all.filter((row) => !isLeft(row))].map((rows) => partOf(rows, targets, rules)) as [Part, Part];
    if (left.weight === 0 || right.weight === 0 || Math.min(left.weight, right.weight) < Math.max(rules.minChildRows, rules.minChildWeight)) return [];
    if ((direction === "increasing" && left.value > right.value) || (direction === "decreasing" && left.value < right.value)) return [];
    return [{ gain: left.worth + right.worth - whole.worth, values: [left.value, right.value] }];
  };
  return frame.fields.flatMap(({ name, categories }) => {
    if (name.startsWith("$")) return [];
    const { values } = frame.column(name) as { readonly values: Float32Array | Int32Array };
    if (categories !== null) return Array.from({ length: 2 ** (categories.length + 1) }, (_, set) => splitBy((row) => ((set >> values[row]!) & 1) === 1, null)).flat();
    // All values against the missing ones is in no direction.
    const directionOf = (cut: number) => (name === "x" && cut !== Infinity ? rules.direction : null);
    const cuts = [...new Set(values), Infinity].filter((cut) => !Number.isNaN(cut));
    return cuts.flatMap((cut) => [false, true].flatMap((missingLeft) => splitBy((row) => (Number.isNaN(values[row]) ? missingLeft : values[row]! <= cut), directionOf(cut))));
  });
}

const rows = fc.array(
  fc.record({ x: fc.option(fc.integer({ min: -4, max: 4 }), { nil: Number.NaN }), z: fc.integer({ min: 0, max: 2 }), c: fc.integer({ min: 0, max: 4 }), y: fc.integer({ min: -20, max: 20 }), weight: fc.integer({ min: 1, max: 3 }) }),
  { minLength: 2, maxLength: 24 },
);
const anyRules = fc.record({ l1: fc.constantFrom(0, 4), l2: fc.constantFrom(0, 1), minChildRows: fc.constantFrom(1, 4), minChildWeight: fc.constantFrom(0, 6), direction: fc.constantFrom(null, "increasing" as const, "decreasing" as const) });
const NO_PENALTY = { l1: 0, l2: 0, minChildRows: 1, minChildWeight: 0 };

it.each([
  ["of numbers and sets of categories", fc.record({ direction: fc.constant(null) }).map((rules) => ({ ...NO_PENALTY, ...rules })), true],
  // With penalties the best set need not be a cut in the order of mean gradients.
  ["of numbers, with penalties, least rows and a direction", anyRules, false],
] as const)("finds the best of all splits %s", async (_, someRules, hasCategories) => {
  await fc.assert(
    fc.asyncProperty(rows, someRules, async (list, rules) => {
      const features = [field("x", "float32"), field("z", "float32"), field("c", "int32", { nullable: false, categories: ["a", "b", "c", "d"] })];
      const columns: Column[] = [
        { dtype: "float32", values: Float32Array.from(list, ({ x }) => x) },
        { dtype: "float32", values: Float32Array.from(list, ({ z }) => z) },
        { dtype: "int32", values: Int32Array.from(list, ({ c }) => (hasCategories ? c : 0)), validity: null },
        { dtype: "float64", values: Float64Array.from(list, ({ y }) => y) },
        { dtype: "float64", values: Float64Array.from(list, ({ weight }) => weight) },
      ];
      const frame = createFrame([...features, field("$target", "float64"), field("$weight", "float64")], columns, list.length);
      const { direction, ...penalties } = rules;
      const options = { trees: 1, leaves: 2, learningRate: 1, categorySmoothing: 0, categoryL2: 0, ...penalties, ...(direction === null ? {} : { monotone: { x: direction } }) };
      const { forest } = await trainOn({ kind: "regression", features, frame, options });
      const weight = list.map((row) => row.weight);
      const mean = list.reduce((sum, row) => sum + row.weight * row.y, 0) / weight.reduce((sum, one) => sum + one, 0);
      const all = splits(frame, { y: list.map(({ y }) => y), weight, mean }, rules);
      const best = Math.max(0, ...all.map(({ gain }) => gain));
      // Gradients are float32.
      const near = 1e-6 * (best + 100);
      expect(Math.abs((forest.gain[0] ?? 0) - best)).toBeLessThan(near);
      // The leaves' values are those of a split that gains as much.
      if (best > 2 * near) expect(all.filter(({ gain }) => gain > best - 2 * near).some(({ values }) => values.every((value, side) => Math.abs(value - forest.value[1 + side]!) < 1e-4))).toBe(true);
    }),
    { numRuns: 150, seed: 1 },
  );
});
