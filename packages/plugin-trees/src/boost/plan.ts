import { MillraceError, requireMemory } from "@millrace/core";
import { takeBinnerRoom } from "../bins/binned-rows.js";
import { type ColumnBins, mostBins } from "../bins/binning.js";
import type { TreeColumn } from "../bins/columns.js";
import { takeSketch } from "../bins/sketch.js";
import type { Growth } from "../grow/growth.js";
import { type Room, sumBytesOf, takeRoom } from "../grow/room.js";
import { bytesOf, MOST_BYTES, requireAddresses, type Taker } from "../kernels/arena.js";
import { ASKED_NODE_BYTES } from "./add-to-scores.js";
import { type RowsRoom, takeRows } from "./learning-rows.js";

/** How large a training is, before a row was read. */
export interface Extent {
  readonly rows: number;
  /** 0: none are watched. */
  readonly watchedRows: number;
  readonly columns: readonly TreeColumn[];
  readonly outputs: number;
  readonly threads: number;
  readonly isSampled: boolean;
  /** Gradients are rounded to small integers. */
  readonly isQuantized: boolean;
}

/** All that a training takes of the kernels' memory, in this order. */
export interface TrainingRoom {
  readonly rows: RowsRoom;
  readonly watched: RowsRoom | null;
  readonly room: Room;
  readonly bag: number;
  readonly factors: number;
  readonly normalizers: number;
}

export function takeTraining(taker: Taker, growth: Growth, extent: Extent, slots: number): TrainingRoom {
  const { rows, watchedRows, columns, outputs, threads, isSampled, isQuantized } = extent;
  const learning = takeRows(taker, rows, columns.length, outputs, true);
  return {
    rows: learning,
    watched: watchedRows === 0 ? null : takeRows(taker, watchedRows, columns.length, outputs, false),
    room: takeRoom(taker, growth, learning.binned, slots, threads, isQuantized),
    bag: isSampled ? taker.take(rows) : 0,
    factors: isSampled ? taker.take(4 * rows) : 0,
    normalizers: outputs > 1 ? taker.take(8 * rows) : 0,
  };
}

export interface Plan {
  /** Of the kernels' memory. */
  readonly bytes: number;
  /** Leaves that keep their sums at once. */
  readonly slots: number;
}

/** What is left free of the budget before leaves give up their sums. */
const FREE_BYTES = 256 * 2 ** 20;
const FEWEST_SLOTS = 2;

/**
 * What the training takes at most. As many leaves keep their sums as the budget bears; the others are added up anew when they are split. Throws LIMIT_MEMORY
 * before the first byte of more than the budget bears is taken, TREES_MEMORY where no budget would do.
 */
export function planMemory(growth: Omit<Growth, "bins">, bins: number, extent: Extent, limits: { readonly memoryBytes: number }): Plan {
  const { columns, rows } = extent;
  const worst = { ...growth, bins: columns.map(({ categories }): ColumnBins => ({ kind: "number", bins: categories === null ? Math.min(bins, rows) : mostBins(categories.length), thresholds: new Float64Array(0) })) };
  const training = (slots: number) =>
    bytesOf((taker) => {
      takeTraining(taker, worst, extent, slots);
      takeBinnerRoom(taker, columns, Math.max(rows, extent.watchedRows));
      // The tables of one tree that rows are asked through.
      taker.take(2 * growth.leaves * ASKED_NODE_BYTES);
    });
  const slotBytes = sumBytesOf(worst.bins) * (growth.minChildRows > 0 ? 2 : 1);
  const affordable = Math.floor((Math.min(limits.memoryBytes - FREE_BYTES, MOST_BYTES) - training(0)) / slotBytes);
  const slots = Math.min(growth.leaves, Math.max(FEWEST_SLOTS, affordable));
  const sketching = bytesOf((taker) => takeSketch(taker, columns.length, rows, extent.threads));
  const bytes = Math.max(sketching, training(slots));
  requireAddresses(bytes);
  requireMemory(`Training trees on ${rows.toLocaleString("en-US")} rows and ${columns.length.toLocaleString("en-US")} columns`, bytes, limits);
  return { bytes, slots };
}

export function emptyError(): MillraceError {
  return new MillraceError({ code: "DATA_EMPTY", message: "The training part has no rows.", mend: "Widen the training part of `split`, or check the source." });
}
