import type { Frame } from "@millrace/core";
import type { Taker } from "../kernels/arena.js";
import type { Team } from "../kernels/team.js";
import type { ColumnBins } from "./binning.js";
import type { TreeColumn } from "./columns.js";
import { floorFloat32 } from "./cuts.js";
import { takeStage, toStage } from "./stage.js";

/** Bins of rows in the kernels' memory: a byte each, column after column, and for training also row after row, as histograms want them. */
export interface BinnedRows {
  readonly rows: number;
  readonly columns: number;
  /** Where the rows start; 0 where they are kept by column only. */
  readonly byRow: number;
  /** Bytes from row to row. */
  readonly stride: number;
  readonly byColumn: number;
  /** Bytes from column to column. */
  readonly height: number;
}

/** Rows that are binned at once: of many columns fewer, so that the stage stays small. */
const stageRowsOf = (columns: number, rows: number): number => Math.min(rows, 16_384, Math.max(256, 1024 * Math.floor(2_000_000 / columns / 1024)));
const CACHE_LINE = 64;

/** A multiple of four, since four columns are read at once; a part of a cache line or whole ones where that wastes little, so that a row lies in as few lines as can be. */
export function strideOf(columns: number): number {
  const least = 4 * Math.ceil(columns / 4);
  const even = columns > CACHE_LINE ? CACHE_LINE * Math.ceil(columns / CACHE_LINE) : 2 ** Math.ceil(Math.log2(least));
  return even <= 1.25 * least ? even : least;
}

export function takeBinnedRows(taker: Taker, rows: number, columns: number, withRows: boolean): BinnedRows {
  const stride = strideOf(columns);
  const height = rows + 8;
  return { rows, columns, byRow: withRows ? taker.take(rows * stride) : 0, stride, byColumn: taker.take(columns * height), height };
}

/** Room for the tables of a binner beside its stage. */
export const takeBinnerRoom = (taker: Taker, columns: readonly TreeColumn[], rows: number): void => {
  takeStage(taker, columns.length, stageRowsOf(columns.length, rows));
  taker.take(16 * columns.length);
  for (const { categories } of columns) taker.take(categories === null ? 1024 : categories.length + 2);
};

/** A function that bins frames one behind another, and how to give its room back when all are done. */
export function binner(team: Team, columns: readonly TreeColumn[], bins: readonly ColumnBins[], to: BinnedRows): { add(frame: Frame, first: number): void; release(): void } {
  const { arena, threads } = team;
  const mark = arena.mark();
  const stageRows = stageRowsOf(columns.length, to.rows);
  const stage = takeStage(arena, columns.length, stageRows);
  const table = tableOf(team, bins);
  // Bytes of no column are bins too: of one that no leaf uses.
  if (to.byRow !== 0 && to.stride > to.columns) arena.u8(to.byRow, to.rows * to.stride).fill(0);
  return {
    add(frame, first) {
      for (let from = 0; from < frame.length; from += stageRows) {
        const rows = Math.min(stageRows, frame.length - from);
        toStage(arena, stage, columns, frame, from, rows);
        team.run("quantize", [stage.at, rows, first + from, columns.length, table, to.byRow, to.stride, to.byColumn, to.height, threads, stage.capacity]);
      }
    },
    release: () => arena.release(mark),
  };
}

/** By column: where its cuts or its codes' bins lie, half the padded cuts in bytes (0: codes), and its bins. */
function tableOf({ arena }: Team, bins: readonly ColumnBins[]): number {
  const table = arena.take(16 * bins.length);
  bins.forEach((column, index) => {
    const entry = column.kind === "number" ? takeCuts(column.thresholds) : takeCodes(column.table);
    arena.i32(table + 16 * index, 4).set([entry.at, entry.half, column.bins, 0]);
  });
  return table;

  function takeCuts(thresholds: Float64Array) {
    const padded = Math.max(2, 2 ** Math.ceil(Math.log2(thresholds.length + 1)));
    const at = arena.take(4 * padded);
    arena.f32(at, padded).fill(Infinity).set(thresholds.map(floorFloat32));
    return { at, half: 2 * padded };
  }

  function takeCodes(codes: Uint8Array) {
    const at = arena.take(codes.length);
    arena.u8(at, codes.length).set(codes);
    return { at, half: 0 };
  }
}
