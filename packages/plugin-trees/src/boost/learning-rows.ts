import { type BinnedRows, takeBinnedRows } from "../bins/binned-rows.js";
import type { Taker } from "../kernels/arena.js";

/** Places in the kernels' memory for rows: bins, targets, weights, and scores, which change. */
export interface RowsRoom {
  readonly binned: BinnedRows;
  readonly targets: number;
  readonly weights: number;
  /** Output after output. */
  readonly scores: number;
}

/** Rows that are there. */
export interface LearningRows extends RowsRoom {
  readonly rows: number;
  /** The weights as they were given, 1 where none were. */
  readonly given: number;
  /** 0: all weigh 1. */
  readonly weights: number;
  readonly greatestWeight: number;
}

/** `withRows`: bins row after row, too, as training wants them. */
export function takeRows(taker: Taker, rows: number, columns: number, outputs: number, withRows: boolean): RowsRoom {
  return { binned: takeBinnedRows(taker, rows, columns, withRows), targets: taker.take(8 * rows), weights: taker.take(8 * rows), scores: taker.take(8 * rows * outputs) };
}
