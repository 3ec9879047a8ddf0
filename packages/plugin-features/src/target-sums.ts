import { defineFold, toFloat64, type Field, type Fold } from "@millrace/core";
import { levelsOf, type Levels } from "./levels.js";

/** Per name and for all rows: the weight, then the weighted sum of each component of the target. */
export interface TargetSums {
  readonly total: Float64Array;
  readonly byName: readonly Map<string, Float64Array>[];
}

/** Sums of the target per category. `components` 1: the target itself (a number, or 1 and 0); more: one indicator per class. Rows without a target are left out. */
export function targetSums(input: readonly Field[], components: number): Fold<TargetSums, TargetSums> {
  const width = components + 1;
  return defineFold<TargetSums, TargetSums>({
    start: () => ({ total: new Float64Array(width), byName: input.map(() => new Map()) }),
    add(partial, batch) {
      const target = toFloat64(batch.column("$target"));
      const weight = batch.fields.some(({ name }) => name === "$weight") ? toFloat64(batch.column("$weight")) : null;
      addSums(allRows(batch.length), target, weight, components, (_, sums) => increase(partial.total, sums));
      input.forEach((field, index) => {
        const levels = levelsOf(batch.column(field.name), field);
        addSums(levels, target, weight, components, (name, sums) => increaseNamed(partial.byName[index]!, name, sums));
      });
      return partial;
    },
    merge(left, right) {
      increase(left.total, right.total);
      right.byName.forEach((sums, index) => sums.forEach((each, name) => increaseNamed(left.byName[index]!, name, each)));
      return left;
    },
    finish: (partial) => partial,
  });
}

function allRows(length: number): Levels {
  return { codes: new Int32Array(length), names: ["all"] };
}

function addSums({ codes, names }: Levels, target: Float64Array, weight: Float64Array | null, components: number, add: (name: string, sums: Float64Array) => void): void {
  const width = components + 1;
  const sums = new Float64Array(names.length * width);
  for (let row = 0; row < codes.length; row++) {
    const y = target[row]!;
    if (y !== y) continue;
    const w = weight === null ? 1 : weight[row]!;
    const at = codes[row]! * width;
    sums[at]! += w;
    if (components === 1) sums[at + 1]! += w * y;
    else sums[at + 1 + y]! += w;
  }
  names.forEach((name, code) => {
    if (name !== null && sums[code * width]! !== 0) add(name, sums.subarray(code * width, (code + 1) * width));
  });
}

function increase(left: Float64Array, right: Float64Array): void {
  for (let i = 0; i < left.length; i++) left[i]! += right[i]!;
}

function increaseNamed(sums: Map<string, Float64Array>, name: string, by: Float64Array): void {
  const known = sums.get(name);
  if (known === undefined) sums.set(name, by.slice());
  else increase(known, by);
}
