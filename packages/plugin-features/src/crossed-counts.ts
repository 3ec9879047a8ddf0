import { defineFold, type Field, type Fold } from "@millrace/core";
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
  const add = (combination: number, count: number): void => {
    let rest = combination;
    for (let index = levels.length - 1; index >= 0; index--) {
      const names = escaped[index]!;
      const code = rest % names.length;
      rest = Math.floor(rest / names.length);
      totals[index]![code]! += count;
      parts[index] = names[code]!;
    }
    if (parts.every((part) => part !== null)) increase(crossed, joinEscaped(parts), count);
  };
  const size = levels.reduce((product, { names }) => product * names.length, 1);
  if (size <= DENSE && size <= 4 * rows) eachDense(levels, rows, size, add);
  else sparseCounts(levels, rows).forEach((count, combination) => add(combination, count));
  levels.forEach(({ names }, index) => addTotals(single[index]!, names, totals[index]!));
}

function addTotals(counts: Map<string, number>, names: readonly (string | null)[], totals: Float64Array): void {
  for (const [code, name] of names.entries()) if (name !== null && totals[code]! > 0) increase(counts, name, totals[code]!);
}

/** Calls `add` with each combination that occurs, and how often. */
function eachDense(levels: readonly Levels[], rows: number, size: number, add: (combination: number, count: number) => void): void {
  const counts = new Int32Array(size);
  inBlocks(levels, rows, new Int32Array(BLOCK_ROWS), (block) => countBlock(block, counts));
  for (let combination = 0; combination < size; combination++) if (counts[combination]! > 0) add(combination, counts[combination]!);
}

function countBlock(block: Int32Array, counts: Int32Array): void {
  for (let i = 0; i < block.length; i++) counts[block[i]!]!++;
}

function sparseCounts(levels: readonly Levels[], rows: number): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  inBlocks(levels, rows, new Float64Array(BLOCK_ROWS), (block) => {
    for (const combination of block) counts.set(combination, (counts.get(combination) ?? 0) + 1);
  });
  return counts;
}

/** Calls `count` with a number per row for its combination of codes, block by block in the memory of `block`: exact up to 2^53 combinations in float64. */
function inBlocks<Block extends Int32Array | Float64Array>(levels: readonly Levels[], rows: number, block: Block, count: (block: Block) => void): void {
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    const combined = block.subarray(0, Math.min(BLOCK_ROWS, rows - from)) as Block;
    combined.fill(0);
    for (const { codes, names } of levels) combine(combined, codes, names.length, from);
    count(combined);
  }
}

function combine(combined: Int32Array | Float64Array, codes: Int32Array, size: number, from: number): void {
  for (let i = 0; i < combined.length; i++) combined[i] = combined[i]! * size + codes[from + i]!;
}
