/** Rows to try before it is judged whether merging is worth its time. */
const TRIAL = 131_072;

export interface MergedRows {
  readonly rows: number;
  /** Null where no row was merged and none had a weight. */
  readonly weight: Float64Array | null;
}

/**
 * Merges rows that are equal in numbers, codes and target into one of their total weight, in place: the first `rows` rows are left.
 * Rows of categories and rounded numbers repeat a lot, and what is learnt from them is the same. Gives up where few would.
 */
export function mergeRows(numbers: Float32Array, entries: Int32Array, target: Float64Array, weight: Float64Array | null): MergedRows {
  const total = target.length;
  const index = createRowIndex(numbers, entries, target);
  const weights = weight?.slice() ?? new Float64Array(total).fill(1);
  let kept = 0;
  const keep = (row: number, count: number) => {
    if (kept < row) {
      index.move(kept, row, count);
      weights.copyWithin(kept, row, row + count);
    }
    kept += count;
  };
  for (let row = 0; row < total; row++) {
    if (row === TRIAL && distinctAmong(total, kept) > 0.5 * total) {
      keep(row, total - row);
      break;
    }
    const found = index.findOrAdd(row, kept);
    if (found === kept) keep(row, 1);
    else weights[found] = weights[found]! + weights[row]!;
  }
  return { rows: kept, weight: kept === total ? weight : weights.slice(0, kept) };
}

/**
 * How many of `total` rows would be different where `kept` of the first TRIAL are, if rows were drawn from a pool evenly:
 * pool (1 - e^(-rows / pool)), the pool found by bisection.
 */
function distinctAmong(total: number, kept: number): number {
  const distinct = (rows: number, pool: number) => -pool * Math.expm1(-rows / pool);
  let [low, high] = [1, 1e12];
  for (let i = 0; i < 60; i++) {
    const middle = Math.sqrt(low * high);
    if (distinct(TRIAL, middle) < kept) low = middle;
    else high = middle;
  }
  return distinct(total, low);
}

/** A hash table of rows by their bits; rows are moved to the front as they are kept. */
function createRowIndex(numbers: Float32Array, entries: Int32Array, target: Float64Array) {
  const width = numbers.length / target.length;
  const codes = entries.length / target.length;
  const bits = new Int32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  const targetBits = new Int32Array(target.buffer, target.byteOffset, 2 * target.length);
  let slots = new Int32Array(2 * TRIAL).fill(-1);
  const hash = (row: number) => hashOf(bits, row * width, width, hashOf(entries, row * codes, codes, hashOf(targetBits, 2 * row, 2, 0)));
  const isSame = (a: number, b: number) => target[a] === target[b] && areSame(entries, a * codes, b * codes, codes) && areSame(bits, a * width, b * width, width);
  const grow = (kept: number) => {
    slots = new Int32Array(2 * slots.length).fill(-1);
    for (let row = 0; row < kept; row++) {
      let slot = hash(row) & (slots.length - 1);
      while (slots[slot]! >= 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = row;
    }
  };
  return {
    /** The kept row that equals `row`; or `kept`, where it will be kept. */
    findOrAdd(row: number, kept: number): number {
      if (2 * kept >= slots.length) grow(kept);
      let slot = hash(row) & (slots.length - 1);
      for (let found = slots[slot]!; found >= 0; found = slots[slot]!) {
        if (isSame(found, row)) return found;
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = kept;
      return kept;
    },
    move(to: number, from: number, count: number): void {
      numbers.copyWithin(to * width, from * width, (from + count) * width);
      entries.copyWithin(to * codes, from * codes, (from + count) * codes);
      target.copyWithin(to, from, from + count);
    },
  };
}

function hashOf(words: Int32Array, at: number, count: number, seed: number): number {
  let hash = seed;
  for (let i = at; i < at + count; i++) {
    hash = Math.imul(hash ^ words[i]!, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

function areSame(words: Int32Array, a: number, b: number, count: number): boolean {
  for (let i = 0; i < count; i++) if (words[a + i] !== words[b + i]) return false;
  return true;
}
