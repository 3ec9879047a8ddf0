import type { Fold } from "../../contracts/fold.js";
import type { Frame } from "../../contracts/frame.js";
import { requireHeap } from "../../errors/require-heap.js";
import { CROSS_PARTS, type SideBatch } from "./training-batches.js";

/** A fold of a pass: which columns it sees, and whether it keeps a partial per part of cross-fitting. */
export interface PassFold {
  readonly fold: Fold<unknown>;
  readonly cross: boolean;
  /** Null: nothing of this batch is for it. */
  view(frame: Frame): Frame;
}

/** What a fold of a pass learnt: of all rows, and of all parts of cross-fitting but each. */
export interface PassResult {
  readonly all: unknown;
  readonly others: readonly unknown[] | null;
}

export type PassFolds = ReadonlyMap<string, PassFold>;

/** The partials of one part of the data, by fold: one, or one per part of cross-fitting. Its canonical bytes can travel. */
export type PartPartials = ReadonlyMap<string, unknown[]>;

export function startPart(folds: PassFolds): PartPartials {
  return new Map([...folds].map(([name, { fold, cross }]) => [name, Array.from({ length: cross ? CROSS_PARTS : 1 }, () => fold.start() as unknown)]));
}

export function addBatch(folds: PassFolds, partials: PartPartials, batch: SideBatch): void {
  for (const [name, { fold, cross, view }] of folds) {
    const own = partials.get(name)!;
    const at = cross ? (batch.cross ?? 0) : 0;
    own[at] = fold.add(own[at], view(batch.frame));
    // Categories of many texts grow with each part.
    requireHeap("What features learn");
  }
}

/** Merges the partials of parts of the data, fold by fold. */
export function partMerge(folds: PassFolds) {
  return (left: PartPartials, right: PartPartials): PartPartials =>
    new Map(
      [...folds].map(([name, { fold }]) => {
        requireHeap("What features learn");
        return [name, left.get(name)!.map((partial, at) => fold.merge(partial, right.get(name)![at]) as unknown)];
      }),
    );
}

/** What the folds of a pass learnt, by fold. */
export function finishPass(folds: PassFolds, partials: PartPartials): ReadonlyMap<string, PassResult> {
  return new Map([...folds].map(([name, { fold, cross }]) => [name, results(fold, cross, partials.get(name)!)]));
}

function results(fold: Fold<unknown>, cross: boolean, partials: readonly unknown[]): PassResult {
  if (!cross) return { all: fold.finish(partials[0]), others: null };
  // `merge` may change its first argument, so each sum starts from nothing.
  const sum = (chosen: readonly unknown[]) => fold.finish(chosen.reduce((left, right) => fold.merge(left, right), fold.start() as unknown));
  return { all: sum(partials), others: partials.map((_, without) => sum(partials.filter((_, at) => at !== without))) };
}
