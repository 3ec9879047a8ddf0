import { type Frame, MillraceError, type Problem, type Rows, toFloat64 } from "@millrace/core";
import type { ColumnBins } from "../bins/binning.js";
import { binner } from "../bins/binned-rows.js";
import type { TreeColumn } from "../bins/columns.js";
import { badWeight, checkTargets, checkWeights } from "../bins/target.js";
import type { Team } from "../kernels/team.js";
import type { LearningRows, RowsRoom } from "./learning-rows.js";

export interface RowsToRead {
  readonly rows: Rows;
  readonly problem: Problem;
  readonly columns: readonly TreeColumn[];
  readonly bins: readonly ColumnBins[];
  readonly outputs: number;
  /** -Infinity where any number will do. */
  readonly leastTarget: number;
  /** Scores to start from, output after output; null: they are left at 0. */
  readonly scores: ((frame: Frame) => Float64Array) | null;
  readonly room: RowsRoom;
}

/** Bins rows into the kernels' memory, with targets, weights and scores. Throws DATA_ROWS, DATA_TARGET, DATA_WEIGHT, DATA_CODE. */
export async function readRows(team: Team, read: RowsToRead, signal: AbortSignal, pause: () => Promise<void>): Promise<LearningRows> {
  const { arena } = team;
  const { count } = read.rows;
  const { room } = read;
  const { targets, weights, scores } = room;
  arena.f64(scores, count * read.outputs).fill(0);
  const bin = binner(team, read.columns, read.bins, room.binned);
  let [at, isWeighted] = [0, false];
  for await (const frame of read.rows.read(signal)) {
    if (at + frame.length > count) throw rowsDiffer(count);
    bin.add(frame, at);
    isWeighted = readRoles(frame, read, arena.f64(targets, count), arena.f64(weights, count), at) || isWeighted;
    if (read.scores !== null) copyScores(read.scores(frame), arena.f64(scores, count * read.outputs), at, frame.length, count);
    at += frame.length;
    await pause();
  }
  bin.release();
  if (at !== count) throw rowsDiffer(count);
  const greatestWeight = isWeighted ? arena.f64(weights, count).reduce((most, weight) => Math.max(most, weight), 0) : 1;
  if (greatestWeight === 0) throw badWeight("All weights of the training rows are 0.");
  return { ...room, rows: count, given: weights, weights: isWeighted ? weights : 0, greatestWeight };
}

/** Targets and weights of a frame; whether it has weights. */
function readRoles(frame: Frame, { problem, leastTarget }: RowsToRead, targets: Float64Array, weights: Float64Array, at: number): boolean {
  const found = toFloat64(frame.column("$target"));
  checkTargets(found, problem, at, leastTarget);
  targets.set(found, at);
  const hasWeights = frame.fields.some(({ name }) => name === "$weight");
  const given = hasWeights ? toFloat64(frame.column("$weight")) : null;
  if (given !== null) checkWeights(given, at);
  for (let row = 0; row < found.length; row++) weights[at + row] = given === null ? 1 : given[row]!;
  return hasWeights;
}

function copyScores(found: Float64Array, scores: Float64Array, at: number, rows: number, height: number): void {
  for (let output = 0; output * height < scores.length; output++) scores.set(found.subarray(output * rows, (output + 1) * rows), output * height + at);
}

function rowsDiffer(count: number): MillraceError {
  return new MillraceError({ code: "DATA_ROWS", message: `The training part promised ${count} rows and gave another number.`, mend: "Report this to the author of the step that made the rows." });
}
