import type { FittedTransform } from "./feature-graph.js";
import { mergeParts } from "../parts/fold-parts.js";
import type { Span } from "../parts/merge-tree.js";
import { finishPass, partMerge, startPart, type PartPartials, type PassResult } from "./fold-set.js";
import { learnt, levelFolds, levelOf, transformsOf, type FitPasses, type Level } from "./level.js";

/** The partials of the parts of the data that have training rows, in the order of the parts. */
export type Pass = (passes: FitPasses, level: Level) => AsyncIterable<Span<PartPartials>>;

/** Fits transforms level by level: all of one level, and what stands beside, share one pass over the rows, which `pass` does. */
export async function fitFeatures(passes: FitPasses, pass: Pass): Promise<{ readonly fitted: readonly FittedTransform[]; readonly beside: ReadonlyMap<string, PassResult> }> {
  const fitted: FittedTransform[] = [];
  let beside: ReadonlyMap<string, PassResult> = new Map();
  for (let number = 1; number <= Math.max(1, passes.scope.depth); number++) {
    const level = levelOf(passes, fitted, number);
    const folds = levelFolds(passes, level);
    const results = finishPass(folds, (await mergeParts(partMerge(folds), pass(passes, level))) ?? startPart(folds));
    for (const placed of transformsOf(passes.scope, number)) {
      const { all, others } = results.get(String(placed.index))!;
      fitted.push({ placed: learnt(placed, level), state: all, crossStates: others });
    }
    fitted.sort((left, right) => left.placed.index - right.placed.index);
    if (number === 1) beside = new Map([...passes.beside.keys()].map((name) => [name, results.get(name)!]));
  }
  return { fitted, beside };
}
