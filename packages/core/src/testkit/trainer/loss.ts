import type { Frame } from "../../contracts/frame.js";
import type { Problem } from "../../contracts/trainer.js";
import { toFloat64 } from "../../frame/missing.js";

/** The mean loss of predictions on rows: squared error, or the negative logarithm of the class's probability. */
export function lossOf(problem: Problem, predictions: ArrayLike<number>, frame: Frame): number {
  const targets = toFloat64(frame.column("$target"));
  const total = targets.reduce((sum, target, row) => sum + one(problem, target, predictions, row), 0);
  return total / targets.length;
}

/** The loss of the best constant: the mean of the target, or the shares of the classes. */
export function lossOfMean(problem: Problem, frame: Frame): number {
  const targets = toFloat64(frame.column("$target"));
  const mean = (of: (target: number) => number) => targets.reduce((sum, target) => sum + of(target), 0) / targets.length;
  if (problem.kind !== "multiclass") return lossOf(problem, new Float64Array(targets.length).fill(mean((target) => target)), frame);
  const shares = problem.classes.map((_, index) => mean((target) => (target === index ? 1 : 0)));
  return lossOf(problem, Array.from(targets, () => shares).flat(), frame);
}

function one(problem: Problem, target: number, predictions: ArrayLike<number>, row: number): number {
  if (problem.kind === "regression") return (target - predictions[row]!) ** 2;
  const probability = problem.kind === "multiclass" ? predictions[row * problem.classes.length + target]! : target === 1 ? predictions[row]! : 1 - predictions[row]!;
  return -Math.log(Math.max(probability, 1e-15));
}
