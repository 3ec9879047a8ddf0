import { countCodes, defineFold, type Field, type Fold, type Frame } from "@millrace/core";
import { escapeName, joinEscaped } from "./cross-name.js";
import { countLevels, increase, mergeCounts } from "./level-counts.js";
import { levelsOf, type Levels } from "./levels.js";

/** Counts of single names per column, and of combinations by `crossName`. */
export interface CrossedCounts {
  readonly single: readonly Map<string, number>[];
  readonly crossed: Map<string, number>;
}

/** The most counters that are kept in an array per batch; more are kept in a map. */
const DENSE = 1 << 20;

/** Counts the combinations of columns, by code: names are only touched once per combination and batch. Rows with a missing or unseen part are left out of `crossed`. */
export function crossedCounts(input: readonly Field[]): Fold<CrossedCounts, CrossedCounts> {
  return defineFold<CrossedCounts, CrossedCounts>({
    start: () => ({ single: input.map(() => new Map()), crossed: new Map() }),
    add(partial, batch) {
      const levels = input.map((field) => levelsOf(batch.column(field.name), field));
      levels.forEach((level, index) => countLevels(level, partial.single[index]!));
      countCrossed(levels, batch, partial.crossed);
      return partial;
    },
    merge(left, right) {
      right.single.forEach((counts, index) => mergeCounts(left.single[index]!, counts));
      mergeCounts(left.crossed, right.crossed);
      return left;
    },
    finish: (partial) => partial,
  });
}

function countCrossed(levels: readonly Levels[], batch: Frame, counts: Map<string, number>): void {
  const size = levels.reduce((product, { names }) => product * names.length, 1);
  const isDense = size <= DENSE && size <= 4 * batch.length;
  const combined = combine(levels, isDense ? new Int32Array(batch.length) : new Float64Array(batch.length));
  // Each name is escaped once a batch, not once a combination.
  const escaped = levels.map(({ names }) => names.map((name) => (name === null ? null : escapeName(name))));
  for (const [code, count] of isDense ? denseCounts(combined as Int32Array, size) : sparseCounts(combined)) {
    const names = namesOf(escaped, code);
    if (names !== null) increase(counts, joinEscaped(names), count);
  }
}

/** The codes that occur, and how often. */
function denseCounts(combined: Int32Array, size: number): readonly (readonly [code: number, count: number])[] {
  const byCode = countCodes(combined, size);
  const found: [number, number][] = [];
  for (let code = 0; code < size; code++) if (byCode[code]! > 0) found.push([code, byCode[code]!]);
  return found;
}

function sparseCounts(combined: ArrayLike<number>): ReadonlyMap<number, number> {
  const byCode = new Map<number, number>();
  for (let row = 0; row < combined.length; row++) byCode.set(combined[row]!, (byCode.get(combined[row]!) ?? 0) + 1);
  return byCode;
}

/** One number per row for its combination of codes: exact up to 2^53 combinations in float64. */
function combine<T extends Int32Array | Float64Array>(levels: readonly Levels[], combined: T): T {
  for (const { codes, names } of levels) {
    const size = names.length;
    for (let row = 0; row < combined.length; row++) combined[row] = combined[row]! * size + codes[row]!;
  }
  return combined;
}

function namesOf(levels: readonly (readonly (string | null)[])[], code: number): string[] | null {
  const found: string[] = [];
  let rest = code;
  for (let index = levels.length - 1; index >= 0; index--) {
    const names = levels[index]!;
    const name = names[rest % names.length]!;
    if (name === null) return null;
    found[index] = name;
    rest = Math.floor(rest / names.length);
  }
  return found;
}
