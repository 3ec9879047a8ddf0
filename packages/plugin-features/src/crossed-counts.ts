import { countCodes, defineFold, type Field, type Fold } from "@millrace/core";
import { escapeName, joinEscaped } from "./cross-name.js";
import { increase, mergeCounts } from "./level-counts.js";
import { levelsOf, type Levels } from "./levels.js";

/** Counts of single names per column, and of combinations by `crossName`. */
export interface CrossedCounts {
  readonly single: readonly Map<string, number>[];
  readonly crossed: Map<string, number>;
}

/** The most counters that are kept in an array per batch; more are kept in a map. */
const DENSE = 1 << 20;
/** Rows whose combinations are numbered at once: they stay in the first cache. */
const BLOCK_ROWS = 2048;

/** Counts the combinations of columns, by code: names are only touched once per combination and batch. Rows with a missing or unseen part are left out of `crossed`. */
export function crossedCounts(input: readonly Field[]): Fold<CrossedCounts, CrossedCounts> {
  return defineFold<CrossedCounts, CrossedCounts>({
    start: () => ({ single: input.map(() => new Map()), crossed: new Map() }),
    add(partial, batch) {
      addCombinations(partial, input.map((field) => levelsOf(batch.column(field.name), field)), batch.length);
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

function addCombinations({ single, crossed }: CrossedCounts, levels: readonly Levels[], rows: number): void {
  // Each name is escaped once a batch, not once a combination.
  const escaped = levels.map(({ names }) => names.map((name) => (name === null ? null : escapeName(name))));
  const totals = levels.map(({ names }) => new Float64Array(names.length));
  const parts: (string | null)[] = levels.map(() => null);
  const add: AddCombination = (codes, count) => {
    for (let index = 0; index < codes.length; index++) {
      totals[index]![codes[index]!]! += count;
      parts[index] = escaped[index]![codes[index]!]!;
    }
    if (parts.every((part) => part !== null)) increase(crossed, joinEscaped(parts), count);
  };
  const size = levels.reduce((product, { names }) => product * names.length, 1);
  if (size <= DENSE && size <= 4 * rows) eachDense(levels, rows, size, add);
  else eachSparse(levels, rows, add);
  levels.forEach(({ names }, index) => addTotals(single[index]!, names, totals[index]!));
}

/** Is told of each combination that occurs once, and in how many rows. `codes` is written over for the next. */
type AddCombination = (codes: Int32Array, count: number) => void;

function addTotals(counts: Map<string, number>, names: readonly (string | null)[], totals: Float64Array): void {
  for (const [code, name] of names.entries()) if (name !== null && totals[code]! > 0) increase(counts, name, totals[code]!);
}

/** A counter for each combination there could be, in the order of their codes. */
function eachDense(levels: readonly Levels[], rows: number, size: number, add: AddCombination): void {
  const counts = new Int32Array(size);
  const block = new Int32Array(BLOCK_ROWS);
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    const combined = block.subarray(0, Math.min(BLOCK_ROWS, rows - from)).fill(0);
    for (const { codes, names } of levels) combine(combined, codes, names.length, from);
    countBlock(combined, counts);
  }
  const codes = new Int32Array(levels.length);
  for (let combination = 0; combination < size; combination++) {
    if (counts[combination] === 0) continue;
    for (let index = levels.length - 1, rest = combination; index >= 0; index--) {
      codes[index] = rest % levels[index]!.names.length;
      rest = Math.floor(rest / levels[index]!.names.length);
    }
    add(codes, counts[combination]!);
  }
}

function combine(combined: Int32Array, codes: Int32Array, size: number, from: number): void {
  for (let i = 0; i < combined.length; i++) combined[i] = combined[i]! * size + codes[from + i]!;
}

function countBlock(block: Int32Array, counts: Int32Array): void {
  for (let i = 0; i < block.length; i++) counts[block[i]!]!++;
}

/**
 * Those that occur, in the order in which they do. They are numbered column by column, so that no number is larger than the rows times the names
 * of a column: a product over all columns would soon be larger than 2^53.
 */
function eachSparse([first, ...others]: readonly Levels[], rows: number, add: AddCombination): void {
  let numbers = first!.codes;
  const steps = others.map(({ codes, names: { length: size } }) => {
    const step = { size, ...paired(numbers, codes, size, rows) };
    numbers = step.numbers;
    return step;
  });
  const codes = new Int32Array(others.length + 1);
  countCodes(numbers, steps.at(-1)!.pairs.length).forEach((count, number) => {
    let rest = number;
    for (let index = steps.length; index > 0; index--) {
      const { pairs, size } = steps[index - 1]!;
      codes[index] = pairs[rest]! % size;
      rest = Math.floor(pairs[rest]! / size);
    }
    codes[0] = rest;
    add(codes, count);
  });
}

/** A number for each pair of `left` and `right` that occurs, those of the rows, and `left * size + right` of each. */
function paired(left: Int32Array, right: Int32Array, size: number, rows: number): { readonly numbers: Int32Array; readonly pairs: readonly number[] } {
  const numbers = new Int32Array(rows);
  const pairs: number[] = [];
  const known = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const pair = left[row]! * size + right[row]!;
    let number = known.get(pair);
    if (number === undefined) {
      number = pairs.push(pair) - 1;
      known.set(pair, number);
    }
    numbers[row] = number;
  }
  return { numbers, pairs };
}
