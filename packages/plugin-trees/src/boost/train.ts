import { breather, foldBatches, MillraceError, type TrainingData } from "@millrace/core";
import { binColumns } from "../bins/binning.js";
import { treeColumns } from "../bins/columns.js";
import { sketch } from "../bins/sketch.js";
import type { Growth } from "../grow/growth.js";
import { fillRoom } from "../grow/room.js";
import { checkClasses } from "../bins/target.js";
import { createTeam, type Team } from "../kernels/team.js";
import { scoresOf } from "../model/predict.js";
import type { TreesState } from "../model/state.js";
import type { Assignment } from "./assignment.js";
import type { Boosting } from "./boosting.js";
import { reweighClasses } from "./class-weights.js";
import type { LearningRows } from "./learning-rows.js";
import type { Objective } from "./objective.js";
import { emptyError, type Extent, planMemory, takeTraining, type TrainingRoom } from "./plan.js";
import { readRows } from "./read-rows.js";
import { boostRounds } from "./rounds.js";
import { growthOf, samplingOf } from "./settings.js";
import { binsWithStart, checkStart } from "./start.js";

/**
 * Gradient boosting (J. Friedman, "Greedy function approximation", 2001, with Newton steps) of histogram trees: two passes over the rows, the first for the
 * distribution of each column, the second for bins; what follows stays in the kernels' memory.
 */
export async function train(assignment: Assignment): Promise<TreesState> {
  const { options, data, objective, start, progress } = assignment;
  const { signal, limits } = progress;
  const pause = breather(signal);
  await pause();
  const columns = treeColumns(data.features);
  if (data.train.count === 0) throw emptyError();
  const rules = growthOf(options, columns);
  const classes = data.problem.kind === "regression" ? null : data.problem.classes;
  if (start !== null) checkStart(start, columns, objective, classes);
  const watches = options.earlyStopping !== null;
  if (watches && data.validation === null) throw noValidation();
  const isSampled = options.rowShare < 1 || options.goss !== null;
  const extent: Extent = { rows: data.train.count, watchedRows: watches ? data.validation!.count : 0, columns, outputs: objective.outputs, threads: limits.threads, isSampled, isQuantized: options.quantizedGradients };
  const { bytes, slots } = planMemory(rules, options.bins, extent, limits);
  await using team = await createTeam({ threads: limits.threads, bytes, plain: assignment.plain ?? false });
  const fold = sketch(columns, team);
  const found = binColumns(columns, fold.finish(await foldBatches(fold, data.train.read(signal), signal)), options.bins);
  const growth: Growth = { ...rules, bins: binsWithStart(found, start) };
  const taken = takeTraining(team.arena, growth, extent, slots);
  fillRoom(team, growth, taken.room);
  const read = (room: TrainingRoom["rows"], rows: TrainingData["train"]) =>
    readRows(team, { rows, room, problem: data.problem, columns, bins: growth.bins, outputs: objective.outputs, leastTarget: objective.name === "poisson" ? 0 : -Infinity, scores: start === null ? null : (frame) => scoresOf(start, frame) }, signal, pause);
  const unweighed = await read(taken.rows, data.train);
  checkClasses(team.arena.f64(unweighed.targets, unweighed.rows), team.arena.f64(unweighed.given, unweighed.rows), data.problem);
  const { learning, factors } = reweigh(team, unweighed, assignment);
  const watched = taken.watched === null ? null : await read(taken.watched, data.validation!);
  fillWeights(team, taken, learning);
  const base = start?.base ?? startScores(team, objective, learning, watched);
  const boosting: Boosting = {
    team, growth, room: taken.room, objective, learning, watched, sampling: samplingOf(options, progress.random), bag: taken.bag, factors: taken.factors, normalizers: taken.normalizers, custom: assignment.custom,
  };
  // Awaited here: the team must not go before the rounds are done.
  return await boostRounds(boosting, { assignment, columns, classes, base, factors }, pause);
}

function reweigh({ arena }: Team, rows: LearningRows, { options, data }: Assignment) {
  const all = arena.f64(rows.given, rows.rows);
  const factors = reweighClasses(arena.f64(rows.targets, rows.rows), all, data.problem, options.classWeight);
  if (factors === null) return { learning: rows, factors };
  return { learning: { ...rows, weights: rows.given, greatestWeight: all.reduce((most, weight) => Math.max(most, weight), 0) }, factors };
}

/** The pairs of which rows are counted: weight and 0. */
function fillWeights({ arena }: Team, { room }: TrainingRoom, { rows, weights }: LearningRows): void {
  if (room.weights === 0) return;
  const pairs = arena.f32(room.weights, 2 * rows);
  const all = weights === 0 ? null : arena.f64(weights, rows);
  for (let row = 0; row < rows; row++) {
    pairs[2 * row] = all === null ? 1 : all[row]!;
    pairs[2 * row + 1] = 0;
  }
}

/** Sets all scores to the base of the objective. */
function startScores({ arena }: Team, objective: Objective, learning: LearningRows, watched: LearningRows | null): Float64Array {
  const { rows, targets, weights } = learning;
  const base = objective.base(arena.f64(targets, rows), weights === 0 ? null : arena.f64(weights, rows));
  for (const each of watched === null ? [learning] : [learning, watched]) base.forEach((value, output) => arena.f64(each.scores + 8 * each.rows * output, each.rows).fill(value));
  return base;
}

function noValidation(): MillraceError {
  return new MillraceError({ code: "TREES_VALIDATION", message: "`earlyStopping` watches the validation part, and there is none.", mend: "Give `split` a validation part, or leave `earlyStopping` out." });
}
