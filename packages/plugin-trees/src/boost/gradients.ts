import { writeCustomGradients } from "./custom-objective.js";
import { type ObjectiveName, OBJECTIVES } from "./objective.js";
import type { Boosting } from "./boosting.js";
import { type Greatest, greatestOf, type Grid, gridsOf } from "./grid.js";
import { packGradients } from "./pack-gradients.js";
import { drawByGradient, drawRows } from "./sampling.js";

const NO_GRID: Grid = [0, 0];

/** Writes the gradients of one output to the room, on their grid. Returns the bag of rows that the tree is to learn from, 0 for all. */
export function writeGradients(boosting: Boosting, round: number, output: number): number {
  const { team, learning, room, objective, sampling, bag, factors } = boosting;
  const { rows } = learning;
  const greatest = greatestBefore(boosting);
  const grid = greatest === null ? null : gridsOf(rows, greatest);
  if (objective.name === "custom") writeCustom(boosting);
  else runKernel(boosting, objective.name, output, grid ?? NO_GRID);
  if (sampling.goss !== null) {
    const pairs = team.arena.f32(room.gradients, 2 * rows);
    const sizes = Float32Array.from({ length: rows }, (_, row) => Math.abs(pairs[2 * row]!));
    drawByGradient(sampling, round, sizes, team.arena.u8(bag, rows), team.arena.f32(factors, rows));
  } else if (sampling.rowShare < 1 && output === 0) drawRows(sampling, round, team.arena.u8(bag, rows));
  if (grid === null) {
    const greatestFactor = sampling.goss === null ? 1 : Math.max(1, (1 - sampling.goss.topShare) / sampling.goss.otherShare);
    const [gradient, hessian] = greatestOf(team, room.gradients, rows);
    team.run("settle", [room.gradients, rows, team.threads, sampling.goss === null ? 0 : factors], gridsOf(rows, [greatestFactor * gradient, greatestFactor * hessian]));
  }
  packGradients(boosting, round * objective.outputs + output, greatest);
  return bag;
}

/** What bounds gradients and hessians, where it is known before them: of bounded losses without factors. */
function greatestBefore({ objective: { bounds }, learning: { greatestWeight }, sampling }: Boosting): Greatest | null {
  return bounds === null || sampling.goss !== null ? null : [bounds[0] * greatestWeight, bounds[1] * greatestWeight];
}

function runKernel({ team, learning, room, objective, normalizers }: Boosting, name: ObjectiveName, output: number, grid: Grid): void {
  const scores = learning.scores + 8 * learning.rows * output;
  team.run(
    "gradients",
    [OBJECTIVES[name], scores, learning.targets, learning.weights, room.gradients, learning.rows, team.threads, normalizers],
    [...grid, name === "softmax" ? output : objective.parameter, objective.outputs / Math.max(1, objective.outputs - 1)],
  );
}

function writeCustom({ team: { arena }, learning: { rows, scores, targets, weights }, room, custom }: Boosting): void {
  writeCustomGradients(custom!, arena.f64(scores, rows), arena.f64(targets, rows), weights === 0 ? null : arena.f64(weights, rows), arena.f32(room.gradients, 2 * rows));
}
