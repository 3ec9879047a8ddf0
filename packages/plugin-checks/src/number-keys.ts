import { isExample, keepExample, mergeExamples, type Example } from "./examples.js";
import { numberOrder } from "@millrace/core";

/** Distinct numbers, ascending, with the first row of each; the rows beyond the first; and rows that wait to be sorted in. */
export interface NumberKeys {
  values: Float64Array;
  firstRows: Float64Array;
  repeats: number;
  examples: Example[];
  waitingValues: Float64Array;
  waitingRows: Float64Array;
  waiting: number;
}

export function emptyNumbers(): NumberKeys {
  const none = () => new Float64Array(0);
  return { values: none(), firstRows: none(), repeats: 0, examples: [], waitingValues: none(), waitingRows: none(), waiting: 0 };
}

/** Not NaN, not -0. */
export function addNumber(keys: NumberKeys, value: number, row: number): void {
  if (keys.waiting === keys.waitingValues.length) makeRoom(keys);
  keys.waitingValues[keys.waiting] = value;
  keys.waitingRows[keys.waiting++] = row;
}

export function mergeNumbers(left: NumberKeys, right: NumberKeys): NumberKeys {
  const [one, other] = [settledNumbers(left), settledNumbers(right)];
  const both = { ...emptyNumbers(), repeats: one.repeats + other.repeats, examples: mergeExamples(one.examples, other.examples) };
  return joined(both, one, other);
}

/** The keys with nothing waiting; the argument stays as it is. */
export function settledNumbers(keys: NumberKeys): NumberKeys {
  if (keys.waiting === 0) return keys;
  const order = numberOrder(keys.waitingValues, keys.waiting);
  const sorted = { values: Float64Array.from(order, (at) => keys.waitingValues[at]!), firstRows: Float64Array.from(order, (at) => keys.waitingRows[at]!) };
  return joined({ ...emptyNumbers(), repeats: keys.repeats, examples: [...keys.examples] }, keys, sorted);
}

/** Merges two ascending runs into `out`; of equal numbers the lowest row is the first, the others are repeats. */
function joined(out: NumberKeys, left: Pick<NumberKeys, "values" | "firstRows">, right: Pick<NumberKeys, "values" | "firstRows">): NumberKeys {
  const values = new Float64Array(left.values.length + right.values.length);
  const firstRows = new Float64Array(values.length);
  let [i, j, last] = [0, 0, -1];
  while (i < left.values.length || j < right.values.length) {
    const isLeft = j >= right.values.length || (i < left.values.length && left.values[i]! <= right.values[j]!);
    const value = isLeft ? left.values[i]! : right.values[j]!;
    const row = isLeft ? left.firstRows[i++]! : right.firstRows[j++]!;
    if (last >= 0 && values[last] === value) {
      out.repeats++;
      const later = Math.max(firstRows[last]!, row);
      firstRows[last] = Math.min(firstRows[last]!, row);
      if (isExample(out.examples, later)) keepExample(out.examples, { row: later, value });
    } else {
      values[++last] = value;
      firstRows[last] = row;
    }
  }
  return Object.assign(out, { values: values.slice(0, last + 1), firstRows: firstRows.slice(0, last + 1) });
}

/** Sorts in what waits once it is as much as is sorted, so that each row is moved O(log rows) times; else grows. */
function makeRoom(keys: NumberKeys): void {
  if (keys.waiting >= Math.max(2 ** 20, keys.values.length)) {
    const { waitingValues, waitingRows } = keys;
    Object.assign(keys, settledNumbers(keys), { waitingValues, waitingRows });
    return;
  }
  const size = Math.max(256, 2 * keys.waiting);
  const grown = (values: Float64Array): Float64Array => {
    const next = new Float64Array(size);
    next.set(values);
    return next;
  };
  Object.assign(keys, { waitingValues: grown(keys.waitingValues), waitingRows: grown(keys.waitingRows) });
}
