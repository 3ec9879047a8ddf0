import type { BinnedRows } from "../bins/binned-rows.js";
import { FOUND_BYTES } from "../kernels/kernels.js";
import type { Taker } from "../kernels/arena.js";
import type { Team } from "../kernels/team.js";
import type { Growth } from "./growth.js";

/** Rows of bins that a thread copies at once, as assembly/histogram.ts. */
const BUFFER_ROWS = 512;
const SEARCH_BYTES = 4096;

/** Gradients as small integers: see assembly/packed.ts. */
export interface PackedRoom {
  /** A pair of int16 of each row. */
  readonly pairs: number;
  /** Each row's number (8 bytes), by which it is rounded wherever it lies. */
  readonly numbers: number;
  /** Packed sums of a leaf, by thread. */
  readonly sums: number;
  /** What one step of gradients and hessians is worth: two float64. */
  readonly steps: number;
}

/** All addresses that growing trees needs; the same for all trees of a training. */
export interface Room {
  readonly binned: BinnedRows;
  /** float32 pairs of each row. */
  readonly gradients: number;
  /** float32 pairs (weight of the row, 0); 0 where rows are not counted. */
  readonly weights: number;
  readonly indices: number;
  readonly spare: number;
  /** First index of each thread. */
  readonly places: number;
  /** By leaf and thread: first index, rows. */
  readonly runs: number;
  readonly values: number;
  readonly goesLeft: number;
  readonly groups: number;
  readonly offsets: number;
  readonly bins: number;
  readonly kinds: number;
  readonly allowed: number;
  readonly monotone: number;
  readonly buffers: number;
  readonly bufferBytes: number;
  readonly searchRoom: number;
  readonly searchBytes: number;
  readonly found: number;
  readonly foundOther: number;
  /** Bytes of one leaf's sums. */
  readonly sumBytes: number;
  /** Sums by slot, sums of the threads behind the first; the same for counts of rows, or 0. */
  readonly slots: number;
  readonly slotCount: number;
  readonly others: number;
  readonly countSlots: number;
  readonly countOthers: number;
  /** Null: gradients are taken as they are. */
  readonly packed: PackedRoom | null;
}

/** Bytes of a leaf's sums: 16 for each bin and each column's missing values. */
export function sumBytesOf(bins: Growth["bins"]): number {
  const padded = 4 * Math.ceil(bins.length / 4) - bins.length;
  return 16 * (bins.reduce((sum, column) => sum + column.bins + 1, 0) + padded);
}

/** What growing takes; `slotCount` leaves keep their sums at once. */
export function takeRoom(taker: Taker, growth: Growth, binned: BinnedRows, slotCount: number, threads: number, isQuantized: boolean): Room {
  const { rows, columns, stride } = binned;
  const bufferBytes = 64 * Math.ceil((BUFFER_ROWS * (stride + 16) + 128) / 64);
  const sumBytes = sumBytesOf(growth.bins);
  const isCounted = growth.minChildRows > 0;
  return {
    binned,
    gradients: taker.take(8 * rows),
    weights: isCounted ? taker.take(8 * rows) : 0,
    indices: taker.take(4 * rows + 64),
    spare: taker.take(4 * rows + 64),
    places: taker.take(4 * threads),
    runs: taker.take(8 * threads * growth.leaves),
    values: taker.take(8 * growth.leaves),
    goesLeft: taker.take(256),
    groups: Math.ceil(columns / 4),
    offsets: taker.take(4 * (4 * Math.ceil(columns / 4) + 1)),
    bins: taker.take(4 * columns),
    kinds: taker.take(columns),
    allowed: taker.take(columns),
    monotone: growth.monotone === null ? 0 : taker.take(columns),
    buffers: taker.take(bufferBytes * threads),
    bufferBytes,
    searchRoom: taker.take(SEARCH_BYTES * threads),
    searchBytes: SEARCH_BYTES,
    found: taker.take(FOUND_BYTES * threads),
    foundOther: taker.take(FOUND_BYTES * threads),
    sumBytes,
    slots: taker.take(sumBytes * slotCount),
    slotCount,
    others: taker.take(sumBytes * (threads - 1)),
    countSlots: isCounted ? taker.take(sumBytes * slotCount) : 0,
    countOthers: isCounted ? taker.take(sumBytes * (threads - 1)) : 0,
    packed: isQuantized ? { pairs: taker.take(4 * rows), numbers: taker.take(8 * rows), sums: taker.take((sumBytes / 2) * threads), steps: taker.take(16) } : null,
  };
}

/** What kernels look up. */
export function fillRoom({ arena, threads, rowsOf }: Team, { bins, monotone }: Growth, room: Room): void {
  const offsets = arena.i32(room.offsets, 4 * room.groups + 1);
  let end = 0;
  for (let column = 0; column < offsets.length; column++) {
    offsets[column] = end;
    end += 16 * ((bins[column]?.bins ?? 0) + 1);
  }
  arena.i32(room.bins, bins.length).set(bins.map((column) => column.bins));
  arena.u8(room.kinds, bins.length).set(bins.map(({ kind }) => (kind === "category" ? 1 : 0)));
  if (monotone !== null) new Int8Array(arena.memory.buffer, room.monotone, monotone.length).set(monotone);
  if (room.packed !== null) arena.i32(room.packed.numbers, 2 * room.binned.rows).forEach((_, at, numbers) => (numbers[at] = at >> 1));
  let first = 0;
  rowsOf(room.binned.rows).forEach((count, thread) => {
    arena.i32(room.places, threads)[thread] = first;
    first += count;
  });
}
