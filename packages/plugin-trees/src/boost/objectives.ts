import type { LossRows, Objective, ObjectiveName, ObjectiveOptions } from "./objective.js";
import { weightedMean } from "./weighted-mean.js";
import { weightedQuantile } from "./weighted-quantile.js";

/** The objective of a name; `classes`: of softmax. */
export function objectiveOf(name: ObjectiveName, classes: number, { quantile, huberDelta }: ObjectiveOptions): Objective {
  switch (name) {
    case "squared":
      return plain(name, null, (targets, weights) => weightedMean(targets, weights), (score, target) => (score - target) ** 2);
    case "absolute":
      return { ...plain(name, [1, 1], (targets, weights) => weightedQuantile(targets, weights, 0.5), (score, target) => Math.abs(score - target)), leafQuantile: 0.5 };
    case "huber":
      return { ...plain(name, [huberDelta, 1], (targets, weights) => weightedQuantile(targets, weights, 0.5), (score, target) => huber(Math.abs(score - target), huberDelta)), parameter: huberDelta };
    case "quantile":
      return { ...plain(name, [1, 1], (targets, weights) => weightedQuantile(targets, weights, quantile), (score, target) => Math.max(quantile * (target - score), (quantile - 1) * (target - score))), parameter: quantile, leafQuantile: quantile };
    case "poisson":
      return plain(name, null, (targets, weights) => Math.log(Math.max(weightedMean(targets, weights), 1e-12)), (score, target) => Math.exp(score) - target * score);
    case "logistic":
      return plain(name, [1, 0.25], logOdds, (score, target) => Math.log1p(Math.exp(-Math.abs(score))) + Math.max(score, 0) - target * score);
    case "softmax":
      return softmax(classes);
  }
}

/** A loss of one output. */
function plain(name: ObjectiveName, bounds: Objective["bounds"], base: (targets: Float64Array, weights: Float64Array | null) => number, loss: (score: number, target: number) => number): Objective {
  return {
    name,
    outputs: 1,
    parameter: 0,
    bounds,
    base: (targets, weights) => Float64Array.of(base(targets, weights)),
    loss: (rows) => meanLoss(rows, (row) => loss(rows.scores[row]!, rows.targets[row]!)),
    leafQuantile: null,
  };
}

function softmax(classes: number): Objective {
  return {
    name: "softmax",
    outputs: classes,
    parameter: 0,
    bounds: [1, classes / (classes - 1) / 4],
    base: (targets, weights) => logShares(targets, weights, classes),
    loss: (rows) => meanLoss(rows, (row) => normalizerOf(rows, row, classes) - rows.scores[rows.targets[row]! * rows.targets.length + row]!),
    leafQuantile: null,
  };
}

function normalizerOf({ scores, targets: { length } }: LossRows, row: number, classes: number): number {
  let [most, sum] = [-Infinity, 0];
  for (let index = 0; index < classes; index++) most = Math.max(most, scores[index * length + row]!);
  for (let index = 0; index < classes; index++) sum += Math.exp(scores[index * length + row]! - most);
  return most + Math.log(sum);
}

function meanLoss({ targets, weights }: LossRows, lossAt: (row: number) => number): number {
  let [sum, total] = [0, 0];
  for (let row = 0; row < targets.length; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    sum += weight * lossAt(row);
    total += weight;
  }
  return sum / total;
}

function logOdds(targets: Float64Array, weights: Float64Array | null): number {
  const share = weightedMean(targets, weights);
  return Math.log(share / (1 - share));
}

/** A class without rows counts as half a row. */
function logShares(targets: Float64Array, weights: Float64Array | null, classes: number): Float64Array {
  const sums = new Float64Array(classes);
  targets.forEach((target, row) => (sums[target]! += weights === null ? 1 : weights[row]!));
  const total = sums.reduce((sum, weight) => sum + weight, 0);
  const half = total / targets.length / 2;
  return sums.map((weight) => Math.log(Math.max(weight, half) / total));
}

function huber(distance: number, delta: number): number {
  return distance <= delta ? distance ** 2 / 2 : delta * (distance - delta / 2);
}
