import { foldBatches, MillraceError, type Problem, type Progress, type Trainer, type TrainingData } from "@millrace/core";
import { squaredLoss } from "./loss/squared-loss.js";
import { type FeatureShape, shapeOf } from "./matrix/features.js";
import { leastSquares } from "./matrix/least-squares.js";
import { emptyError, readMatrix } from "./matrix/read-matrix.js";
import { checkTotalWeight } from "./matrix/target.js";
import { factsOf } from "./model/facts.js";
import { fitLinear } from "./model/fit-linear.js";
import { lowerMargins } from "./model/lower-linear.js";
import { toState } from "./model/parameters.js";
import type { LinearState } from "./model/state.js";
import { type Solution, solveNormalEquations } from "./optimize/normal-equations.js";
import { type Structure, structureOf } from "./optimize/structure.js";
import type { RidgeOptions } from "./ridge.options.js";

/**
 * Linear regression with an l2 penalty. The normal equations are exact wherever at most one code column is longer than about
 * 1,000 categories, and no sparse vector is there; otherwise L-BFGS over the rows. Throws LINEAR_PROBLEM for classes.
 */
export function ridge(options: RidgeOptions): Trainer<LinearState> {
  return {
    problems: ["regression"],
    sparse: true,
    async train(data, start, progress) {
      refuseClasses(data.problem);
      const shape = shapeOf(data.features);
      const structure = structureOf(shape, Infinity, 1);
      return structure.exact && shape.sparseFields.length === 0 ? solve(data, shape, structure, options.l2, progress) : iterate(data, options, start, progress);
    },
    lower: (state, input, graph) => new Map([["prediction", lowerMargins(state, input, graph)]]),
  };
}

/** The fold of ridge regression: rows to state. */
export function ridgeFold(shape: FeatureShape, structure: Structure, l2: number) {
  return leastSquares(shape, structure, (partial) => stateOf(solveNormalEquations(partial, shape, structure, l2), shape));
}

async function solve(data: TrainingData, shape: FeatureShape, structure: Structure, l2: number, progress: Progress<LinearState>): Promise<LinearState> {
  progress.signal.throwIfAborted();
  const fold = leastSquares(shape, structure, (partial) => solveNormalEquations(partial, shape, structure, l2));
  const partial = await foldBatches(fold, data.train.read(progress.signal), progress.signal);
  if (partial.rows === 0) throw emptyError();
  const solution = fold.finish(partial);
  checkTotalWeight(solution.totalWeight);
  await progress.report(1, { loss: solution.objective / solution.totalWeight });
  progress.signal.throwIfAborted();
  return stateOf(solution, shape);
}

function stateOf({ theta, numberColumns, objective, seen }: Solution, shape: FeatureShape): LinearState {
  return toState(theta, { ...shape, numberColumns }, null, factsOf({ iteration: 1, value: objective, ended: "converged" }, seen));
}

async function iterate(data: TrainingData, { l2, tolerance, maxIterations }: RidgeOptions, start: LinearState | null, progress: Progress<LinearState>): Promise<LinearState> {
  const matrix = await readMatrix(data, progress);
  const { target, weight, totalWeight, problem } = { ...matrix, problem: data.problem };
  const mean = target.reduce((sum, y, row) => sum + y * (weight === null ? 1 : weight[row]!), 0) / totalWeight;
  return fitLinear({ matrix, problem, l1: 0, l2, tolerance, maxIterations, progress }, squaredLoss, [mean], start);
}

function refuseClasses(problem: Problem): void {
  if (problem.kind === "regression") return;
  throw new MillraceError({ code: "LINEAR_PROBLEM", message: "Ridge regression learns numbers, and the target is a class.", mend: 'Use the trainer "logistic" or "linear-svm", or `columns.task: "regression"` for a target of numbers.' });
}
