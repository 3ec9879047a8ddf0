import { breather, foldBatches, type Progress, type TrainingData } from "@millrace/core";
import { binColumns } from "../bins/binning.js";
import { treeColumns } from "../bins/columns.js";
import { sketch } from "../bins/sketch.js";
import type { GradientBoostingOptions } from "../gradient-boosting.options.js";
import type { Growth } from "../grow/growth.js";
import { fillRoom } from "../grow/room.js";
import type { GrownTree } from "../grow/tree.js";
import { createTeam } from "../kernels/team.js";
import { createForest } from "../model/forest.js";
import type { TreesState } from "../model/state.js";
import type { Boosting } from "./boosting.js";
import { defaultObjective } from "./objective.js";
import { objectiveOf } from "./objectives.js";
import { emptyError, type Extent, planMemory, takeTraining } from "./plan.js";
import { readRows } from "./read-rows.js";
import { boostRound } from "./round.js";

export async function train(options: GradientBoostingOptions, data: TrainingData, start: TreesState | null, progress: Progress<TreesState>): Promise<TreesState> {
  const { signal, limits } = progress;
  const pause = breather(signal);
  await pause();
  const columns = treeColumns(data.features);
  if (data.train.count === 0) throw emptyError();
  const { problem } = data;
  const objective = objectiveOf(defaultObjective(problem), problem.kind === "multiclass" ? problem.classes.length : 1, { quantile: 0.5, huberDelta: 1 });
  const rules: Omit<Growth, "bins"> = {
    order: options.growth, leaves: options.leaves ?? 31, depth: options.depth ?? Infinity, l1: 0, l2: 1, minGain: 0, minChildWeight: 1, minChildRows: 0,
    categorySmoothing: 10, categoryL2: 10, monotone: null, interactions: null, learningRate: options.learningRate,
  };
  const extent: Extent = { rows: data.train.count, watchedRows: 0, columns, outputs: objective.outputs, threads: limits.threads, isSampled: false };
  const { bytes, slots } = planMemory(rules, 255, extent, limits);
  await using team = await createTeam({ threads: limits.threads, bytes });
  const time = process.env["TREES_TIME"] ? performance.now() : 0;
  const fold = sketch(columns, team);
  const bins = binColumns(columns, fold.finish(await foldBatches(fold, data.train.read(signal), signal)), 255);
  if (time) console.log("sketch", performance.now() - time);
  const growth: Growth = { ...rules, bins };
  const { rows, room, normalizers } = takeTraining(team.arena, growth, extent, slots);
  fillRoom(team, growth, room);
  const learning = await readRows(team, { rows: data.train, room: rows, problem, columns, bins, outputs: objective.outputs, classFactors: null, scores: null }, signal, pause);
  if (time) console.log("binned", performance.now() - time);
  const { arena } = team;
  const base = objective.base(arena.f64(learning.targets, learning.rows), learning.weights === 0 ? null : arena.f64(learning.weights, learning.rows));
  base.forEach((value, output) => arena.f64(learning.scores + 8 * learning.rows * output, learning.rows).fill(value));
  const boosting: Boosting = {
    team, growth, room, objective, learning, watched: null, sampling: { rowShare: 1, columnShare: 1, goss: null, seed: 0 }, bag: 0, factors: 0, normalizers, custom: null,
  };
  const trees: GrownTree[] = [];
  for (let round = 0; round < options.trees; round++) {
    trees.push(...(await boostRound(boosting, round, pause)));
    if ((await progress.report(round + 1, { gain: 0 })) === "stop") break;
  }
  if (time) console.log("boosted", performance.now() - time);
  void start;
  return {
    objective: objective.name,
    classes: problem.kind === "regression" ? null : problem.classes,
    outputs: objective.outputs,
    base,
    columns: columns.map((column, index) => ({ ...column, table: bins[index]!.kind === "category" ? (bins[index] as { table: Uint8Array }).table : null, bins: bins[index]!.bins })),
    forest: createForest(null, trees, bins),
    facts: { rounds: trees.length / objective.outputs, leaves: 0, validationLoss: new Float64Array(0) },
    remarks: [],
  };
}
