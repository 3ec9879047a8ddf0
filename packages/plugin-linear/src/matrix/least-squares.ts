import { defineFold, type Fold, type Frame } from "@millrace/core";
import { addToGram, createGram, type Gram, pairsOf } from "../optimize/gram.js";
import type { Structure } from "../optimize/structure.js";
import { copyFrame, createBuffers, type RowBuffers } from "./copy-frame.js";
import type { FeatureShape } from "./features.js";
import { infinite } from "./infinite.js";
import type { Block } from "./matrix.js";
import { checkTarget, checkWeights } from "./target.js";

/**
 * Weighted products of [1, y, and for each number: its value (0 where missing), and 1 where it is there], and of the codes with
 * these and with each other. Values and y are less a `shift` near their mean, without which large values would cost digits.
 */
export interface LeastSquaresPartial extends Gram {
  rows: number;
  /** Of y and each number; NaN until a value was seen. */
  readonly shift: Float64Array;
}

/** All that least squares needs of the rows, in one pass. `finish` turns the sums into what is wanted. */
export function leastSquares<Result>(shape: FeatureShape, structure: Structure, finish: (partial: LeastSquaresPartial) => Result): Fold<Result, LeastSquaresPartial> {
  const pairs = pairsOf(structure);
  const columns = 1 + 2 * shape.width;
  const extended = { ...shape, width: columns };
  return defineFold({
    start: (): LeastSquaresPartial => ({ rows: 0, shift: new Float64Array(1 + shape.width).fill(Number.NaN), ...createGram(extended, pairs) }),
    add(partial: LeastSquaresPartial, frame: Frame): LeastSquaresPartial {
      const buffers = createBuffers(shape, frame.length);
      copyFrame(frame, shape, buffers, 0);
      checkTarget(buffers.target, null, { kind: "regression" }, partial.rows);
      if (buffers.weight !== null) checkWeights(buffers.weight, partial.rows);
      fillShift(partial.shift, buffers, shape, partial.rows);
      const block: Block = { ...extended, numbers: extend(partial.shift, buffers, shape.width), entries: buffers.entries, sparse: null };
      addToGram(partial, pairs, block, buffers.weight ?? new Float64Array(frame.length).fill(1), 0, 0, frame.length);
      partial.rows += frame.length;
      return partial;
    },
    merge(left: LeastSquaresPartial, right: LeastSquaresPartial): LeastSquaresPartial {
      reshift(right, left.shift);
      addAll(left, right);
      left.rows += right.rows;
      return left;
    },
    finish,
  });
}

/** The first batch that has a value of a column decides its shift: their mean. Throws DATA_INFINITE. */
function fillShift(shift: Float64Array, { numbers, target }: RowBuffers, { width, numberNames }: FeatureShape, first: number): void {
  const mean = (values: Float32Array | Float64Array, at: number, stride: number) => {
    let sum = 0;
    let count = 0;
    for (let p = at; p < values.length; p += stride) {
      const x = values[p]!;
      if (x - x === 0) {
        sum += x;
        count++;
      } else if (!Number.isNaN(x)) throw infinite(numberNames[at]!, first + Math.trunc(p / stride), x);
    }
    return sum / count;
  };
  const means = [mean(target, 0, 1), ...numberNames.map((_, j) => mean(numbers, j, width))];
  means.forEach((value, j) => (shift[j] = Number.isNaN(shift[j]!) ? value : shift[j]!));
}

function extend(shift: Float64Array, { numbers, target }: RowBuffers, width: number): Float64Array {
  const rows = target.length;
  const extended = new Float64Array(rows * (1 + 2 * width));
  for (let i = 0, p = 0, q = 0; i < rows; i++) {
    extended[q++] = target[i]! - shift[0]!;
    for (let j = 1; j <= width; j++) {
      const x = numbers[p++]!;
      const there = !Number.isNaN(x);
      extended[q++] = there ? x - shift[j]! : 0;
      extended[q++] = there ? 1 : 0;
    }
  }
  return extended;
}

/** Restates a partial's sums for another shift: x - new = (x - old) + (old - new), wherever x is there. */
function reshift(partial: LeastSquaresPartial, shift: Float64Array): void {
  const size = 2 + 2 * (shift.length - 1);
  for (let j = 0; j < shift.length; j++) {
    const known = !Number.isNaN(shift[j]!);
    const change = known && !Number.isNaN(partial.shift[j]!) ? partial.shift[j]! - shift[j]! : 0;
    if (!known) shift[j] = partial.shift[j]!;
    if (change === 0) continue;
    // y is 1 beside the 1 at 0; number j is 2 j beside its presence at 2 j + 1.
    const [value, there] = j === 0 ? [1, 0] : [2 * j, 2 * j + 1];
    addRow(partial.numbers, size, value, there, change);
    for (let p = 0; p < partial.byEntry.length; p += size) partial.byEntry[p + value] = partial.byEntry[p + value]! + change * partial.byEntry[p + there]!;
  }
}

/** Row and column `to` += change * row and column `from`, of a symmetric matrix given by its lower triangle. */
function addRow(lower: Float64Array, size: number, to: number, from: number, change: number): void {
  const cell = (i: number, j: number) => (i >= j ? i * size + j : j * size + i);
  const diagonal = lower[cell(to, to)]! + 2 * change * lower[cell(to, from)]! + change * change * lower[cell(from, from)]!;
  for (let k = 0; k < size; k++) if (k !== to) lower[cell(to, k)] = lower[cell(to, k)]! + change * lower[cell(from, k)]!;
  lower[cell(to, to)] = diagonal;
}

function addAll(left: Gram, right: Gram): void {
  addTo(left.numbers, right.numbers);
  addTo(left.byEntry, right.byEntry);
  left.tables.forEach((table, index) => addTo(table, right.tables[index]!));
}

function addTo(left: Float64Array, right: Float64Array): void {
  for (let i = 0; i < left.length; i++) left[i] = left[i]! + right[i]!;
}
