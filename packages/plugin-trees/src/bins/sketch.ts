import { type Fold, type Frame, toFloat64 } from "@millrace/core";
import type { Taker } from "../kernels/arena.js";
import type { Team } from "../kernels/team.js";
import type { TreeColumn } from "./columns.js";
import { type Stage, toStage, takeStage } from "./stage.js";
import { EMPTY, mergeSummaries, type Summary, SUMMARY_VALUES, takeMerge } from "./summary.js";

/** What is learnt of a column before it is binned: its distribution, or the weight of each code. */
export type Sketched = { readonly summary: Summary } | { readonly codes: Float64Array };

interface Partial {
  /** By number column, level after level: a summary of level h holds the rows of 2^h batches. */
  readonly levels: (Summary | null)[][];
  /** By code column. */
  readonly codes: Float64Array[];
}

/** Rows and columns that are summed up at once. */
export const SKETCH_ROWS = 65_536;
const SKETCH_COLUMNS = 64;

/**
 * The distribution of each column, in one pass: exact where a column has at most SUMMARY_VALUES distinct values, else a rank is wrong by at most
 * 1 / SUMMARY_VALUES of the rows for each doubling beyond (the merge-and-prune summaries of M. Greenwald and S. Khanna, "Power-conserving computation of
 * order-statistics over sensor networks", 2004). `$weight` counts where it is there. The team's threads sort.
 */
export function sketch(columns: readonly TreeColumn[], team: Team): Fold<readonly Sketched[], Partial> {
  const numbers = columns.filter(({ categories }) => categories === null);
  const codes = columns.filter(({ categories }) => categories !== null);
  return {
    start: () => ({ levels: numbers.map(() => []), codes: codes.map(({ categories }) => new Float64Array(categories!.length + 2)) }),
    add(partial, batch) {
      for (let from = 0; from < batch.length; from += SKETCH_ROWS) {
        const rows = Math.min(SKETCH_ROWS, batch.length - from);
        for (let first = 0; first < numbers.length; first += SKETCH_COLUMNS)
          summaries(team, numbers.slice(first, first + SKETCH_COLUMNS), batch, from, rows).forEach((summary, index) => push(team, partial.levels[first + index]!, 0, summary));
      }
      const weights = batch.fields.some(({ name }) => name === "$weight") ? toFloat64(batch.column("$weight")) : null;
      codes.forEach((column, index) => countCodes(partial.codes[index]!, batch, column, weights));
      return partial;
    },
    merge(left, right) {
      right.levels.forEach((levels, index) => levels.forEach((summary, level) => summary !== null && push(team, left.levels[index]!, level, summary)));
      right.codes.forEach((weights, index) => weights.forEach((weight, code) => (left.codes[index]![code]! += weight)));
      return left;
    },
    finish(partial) {
      const [nextNumber, nextCode] = [partial.levels.values(), partial.codes.values()];
      return columns.map(({ categories }) => (categories === null ? { summary: whole(team, nextNumber.next().value!) } : { codes: nextCode.next().value! }));
    },
  };
}

function push(team: Team, levels: (Summary | null)[], level: number, summary: Summary): void {
  const here = levels[level] ?? null;
  levels[level] = here === null ? summary : null;
  if (here !== null) push(team, levels, level + 1, mergeSummaries(team, here, summary, true));
}

function whole(team: Team, levels: readonly (Summary | null)[]): Summary {
  return levels.reduce<Summary>((sum, summary) => (summary === null ? sum : mergeSummaries(team, sum, summary, false)), EMPTY);
}

function countCodes(counts: Float64Array, batch: Frame, { feature }: TreeColumn, weights: Float64Array | null): void {
  const column = batch.column(feature);
  const codes = column.dtype === "int32" ? column.values : toFloat64(column);
  for (let row = 0; row < codes.length; row++) counts[codes[row]!]! += weights === null ? 1 : weights[row]!;
}

interface SketchRoom {
  readonly stage: Stage;
  readonly values: number;
  readonly weights: number;
  readonly counts: number;
  readonly room: number;
  readonly roomBytes: number;
  readonly rowWeights: number;
}

/** What summing up so many rows takes at most. */
export function takeSketch(taker: Taker, columns: number, rows: number, threads: number): void {
  takeMerge(taker);
  takeSketchRoom(taker, Math.min(columns, SKETCH_COLUMNS), Math.min(rows, SKETCH_ROWS), threads);
}

function takeSketchRoom(taker: Taker, columns: number, rows: number, threads: number): SketchRoom {
  const roomBytes = 3 * 8192 + 64 + 16 * rows;
  return {
    stage: takeStage(taker, columns, rows),
    values: taker.take(4 * columns * rows),
    weights: taker.take(8 * columns * rows),
    counts: taker.take(4 * columns),
    room: taker.take(threads * roomBytes),
    roomBytes,
    rowWeights: taker.take(8 * rows),
  };
}

/** The distinct values of each column among some rows, with their weights. */
function summaries(team: Team, columns: readonly TreeColumn[], batch: Frame, from: number, rows: number): readonly Summary[] {
  const { arena, threads } = team;
  const mark = arena.mark();
  const { stage, values, weights, counts, room, roomBytes, rowWeights } = takeSketchRoom(arena, columns.length, rows, threads);
  const isWeighted = batch.fields.some(({ name }) => name === "$weight");
  if (isWeighted) arena.f64(rowWeights, rows).set(toFloat64(batch.column("$weight")).subarray(from, from + rows));
  toStage(arena, stage, columns, batch, from, rows);
  team.run("summarize", [stage.at, rows, columns.length, threads, isWeighted ? rowWeights : 0, rows, values, weights, counts, room, roomBytes, SUMMARY_VALUES]);
  const found = columns.map((_, index): Summary => {
    const count = arena.i32(counts, columns.length)[index]!;
    return { values: arena.f32(values + 4 * index * rows, count).slice(), weights: arena.f64(weights + 8 * index * rows, count).slice() };
  });
  arena.release(mark);
  return found;
}
