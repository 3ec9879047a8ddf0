import type { FittedTransform } from "./feature-graph.js";
import { addBatch, partMerger, startPart, type PartPartials, type PassResult } from "./fold-set.js";
import { learnt, levelFolds, levelOf, openLevel, rawColumns, transformsOf, type FitPasses, type Level } from "./level.js";
import { sideBatches } from "./training-batches.js";

/** The partials of each part of the data that has training rows, in the order of the parts. */
export type Pass = (passes: FitPasses, level: Level) => AsyncIterable<{ readonly part: number; readonly partials: PartPartials }>;

/** Fits transforms level by level: all of one level, and what stands beside, share one read of the rows, which `pass` does. */
export async function fitFeatures(passes: FitPasses, pass: Pass): Promise<{ readonly fitted: readonly FittedTransform[]; readonly beside: ReadonlyMap<string, PassResult> }> {
  const fitted: FittedTransform[] = [];
  let beside: ReadonlyMap<string, PassResult> = new Map();
  for (let number = 1; number <= Math.max(1, passes.scope.depth); number++) {
    const level = levelOf(passes, fitted, number);
    const merger = partMerger(levelFolds(passes, level));
    for await (const { partials } of pass(passes, level)) merger.add(partials);
    const results = merger.finish();
    for (const placed of transformsOf(passes.scope, number)) {
      const { all, others } = results.get(String(placed.index))!;
      fitted.push({ placed: learnt(placed, level), state: all, crossStates: others });
    }
    fitted.sort((left, right) => left.placed.index - right.placed.index);
    if (number === 1) beside = new Map([...passes.beside.keys()].map((name) => [name, results.get(name)!]));
  }
  return { fitted, beside };
}

/** A pass in this process. `parts`: only these parts of the data; `tick` tells how far it is. */
export function passHere(tick: (message: string) => Promise<void>, parts?: readonly number[]): Pass {
  return async function* (passes, level) {
    const folds = levelFolds(passes, level);
    await using view = await openLevel(level, passes);
    let current: { readonly part: number; readonly partials: PartPartials } | null = null;
    for await (const batch of sideBatches({ ...passes.view, only: rawColumns(passes, level) }, "train", parts)) {
      if (current !== null && batch.part !== current.part) {
        yield current;
        current = null;
      }
      current ??= { part: batch.part, partials: startPart(folds) };
      addBatch(folds, current.partials, await view.extend(batch));
      await tick(`pass ${level.number} of ${Math.max(1, passes.scope.depth)}`);
    }
    if (current !== null) yield current;
  };
}
