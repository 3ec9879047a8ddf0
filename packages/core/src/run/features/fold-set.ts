import type { Fold } from "../../contracts/fold.js";
import type { Frame } from "../../contracts/frame.js";
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

/**
 * Many folds over batches that come part by part. Each part of the data has partials of its own, merged in the order of the parts,
 * so that the same bits come out whoever folds which part.
 */
export function foldSet(folds: ReadonlyMap<string, PassFold>) {
  const starts = () => new Map([...folds].map(([name, { fold, cross }]) => [name, Array.from({ length: cross ? CROSS_PARTS : 1 }, () => fold.start() as unknown)]));
  let merged: Map<string, unknown[]> | null = null;
  let current = starts();
  let part = -1;
  const close = (): void => {
    if (part < 0) return;
    const left = merged;
    merged = left === null ? current : new Map([...folds].map(([name, { fold }]) => [name, left.get(name)!.map((partial, at) => fold.merge(partial, current.get(name)![at]))]));
    current = starts();
  };
  return {
    add(batch: SideBatch): void {
      if (batch.part !== part) close();
      part = batch.part;
      for (const [name, { fold, cross, view }] of folds) {
        const partials = current.get(name)!;
        const at = cross ? (batch.cross ?? 0) : 0;
        partials[at] = fold.add(partials[at], view(batch.frame));
      }
    },
    finish(): ReadonlyMap<string, PassResult> {
      close();
      const partials = merged ?? starts();
      return new Map([...folds].map(([name, { fold, cross }]) => [name, results(fold, cross, partials.get(name)!)]));
    },
  };
}

function results(fold: Fold<unknown>, cross: boolean, partials: readonly unknown[]): PassResult {
  if (!cross) return { all: fold.finish(partials[0]), others: null };
  // `merge` may change its first argument, so each sum starts from nothing.
  const sum = (chosen: readonly unknown[]) => fold.finish(chosen.reduce((left, right) => fold.merge(left, right), fold.start() as unknown));
  return { all: sum(partials), others: partials.map((_, without) => sum(partials.filter((_, at) => at !== without))) };
}
