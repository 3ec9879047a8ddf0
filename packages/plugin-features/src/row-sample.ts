import { defineFold, toFloat64, type Column, type Fold, type Frame } from "@millrace/core";

/** Numbers of columns in the same rows: a category as its code, a text as a number of its own; NaN is missing. */
export interface RowSample {
  readonly columns: readonly Float64Array[];
}

interface Partial {
  /** Every `stride`-th row is kept. */
  stride: number;
  /** Rows seen. */
  seen: number;
  columns: Float64Array[];
}

/** Rows that are kept at most: all of them up to here. */
export const SAMPLE_ROWS = 65_536;

/** All rows up to `capacity`; of more, every second, fourth, eighth ... row in read order, so that at least half of `capacity` stay. */
export function rowSample(names: readonly string[], capacity = SAMPLE_ROWS): Fold<RowSample, Partial> {
  return defineFold<Partial, RowSample>({
    start: () => ({ stride: 1, seen: 0, columns: names.map(() => new Float64Array(0)) }),
    add(partial, batch) {
      const added: Partial = { stride: partial.stride, seen: batch.length, columns: kept(batch, names, (partial.stride - (partial.seen % partial.stride)) % partial.stride, partial.stride) };
      return joined(partial, added, capacity);
    },
    merge(left, right) {
      const stride = Math.max(left.stride, right.stride);
      return joined(thinned(left, stride), thinned(right, stride), capacity);
    },
    finish: ({ columns }) => ({ columns }),
  });
}

function joined(left: Partial, right: Partial, capacity: number): Partial {
  const columns = left.columns.map((values, index) => {
    const all = new Float64Array(values.length + right.columns[index]!.length);
    all.set(values);
    all.set(right.columns[index]!, values.length);
    return all;
  });
  let whole: Partial = { stride: left.stride, seen: left.seen + right.seen, columns };
  while ((whole.columns[0]?.length ?? 0) > capacity) whole = thinned(whole, 2 * whole.stride);
  return whole;
}

function thinned(partial: Partial, stride: number): Partial {
  const every = stride / partial.stride;
  if (every === 1) return partial;
  return { ...partial, stride, columns: partial.columns.map((values) => values.filter((_, row) => row % every === 0)) };
}

function kept(batch: Frame, names: readonly string[], first: number, stride: number): Float64Array[] {
  return names.map((name) => {
    const numbers = numbersOf(batch.column(name));
    if (stride === 1) return numbers;
    const chosen = new Float64Array(Math.max(0, Math.ceil((numbers.length - first) / stride)));
    for (let index = 0; index < chosen.length; index++) chosen[index] = numbers[first + index * stride]!;
    return chosen;
  });
}

function numbersOf(column: Column): Float64Array {
  if (column.dtype !== "string") return toFloat64(column);
  const byCode = column.dictionary.map((text, code) => (code === 0 ? NaN : hashOf(text)));
  const numbers = new Float64Array(column.codes.length);
  for (let row = 0; row < numbers.length; row++) numbers[row] = byCode[column.codes[row]!]!;
  return numbers;
}

/** 53 bits: two texts of a million share one with a chance of 1e-4. FNV-1a twice, with two primes. */
function hashOf(text: string): number {
  let [low, high] = [0x811c9dc5, 0x9dc5811c];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x85ebca6b) ^ (high >>> 13);
  }
  return (low >>> 0) * 0x200000 + ((high ^ (high >>> 15)) >>> 11);
}
