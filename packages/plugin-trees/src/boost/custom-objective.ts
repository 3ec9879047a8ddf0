import { resolve } from "node:path";
import { importModule, MillraceError } from "@millrace/core";
import type { Objective } from "./objective.js";
import { weightedMean } from "./weighted-mean.js";

/**
 * A loss of the user's, exported by a module. Scores are the sums of leaves: the prediction where the target is a number, its log-odds where it is one of two
 * classes (target 1 for the positive one). Rows' weights are multiplied in by the trainer.
 */
export interface CustomObjective {
  /** First and second derivative of each row's loss by its score; the second is not negative. */
  gradients(scores: Float64Array, targets: Float64Array): { readonly gradient: ArrayLike<number>; readonly hessian: ArrayLike<number> };
  /** Each row's loss, for early stopping. */
  loss(scores: Float64Array, targets: Float64Array): ArrayLike<number>;
  /** The score before the first tree. Default: the weighted mean of the target, or its log-odds. */
  base?(targets: Float64Array, weights: Float64Array | null): number;
}

/** Loads it from a file relative to `folder`. Throws TREES_OBJECTIVE. */
export async function loadCustomObjective(folder: string, named: { readonly module: string; readonly export: string }): Promise<CustomObjective> {
  const file = resolve(folder, named.module);
  const refuse = (message: string, cause?: unknown) => new MillraceError({ code: "TREES_OBJECTIVE", message, mend: `Export { gradients, loss } as "${named.export}" from ${named.module}; see the page of plugin-trees.`, cause, facts: { module: named.module, export: named.export } });
  const loaded = await importModule(file).catch((cause: unknown) => {
    throw refuse(`The module ${named.module} of \`objective\` cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  });
  const found = loaded[named.export];
  if (isCustomObjective(found)) return found;
  throw refuse(`The module ${named.module} of \`objective\` exports no loss as "${named.export}" (it exports: ${Object.keys(loaded).join(", ") || "nothing"}).`);
}

function isCustomObjective(found: unknown): found is CustomObjective {
  return typeof found === "object" && found !== null && "gradients" in found && typeof found.gradients === "function" && "loss" in found && typeof found.loss === "function";
}

/** The loss as the rounds see it. */
export function objectiveOfCustom(custom: CustomObjective, isBinary: boolean): Objective {
  return {
    name: "custom",
    outputs: 1,
    parameter: 0,
    bounds: null,
    base(targets, weights) {
      const mean = weightedMean(targets, weights);
      return Float64Array.of(custom.base?.(targets, weights) ?? (isBinary ? Math.log(mean / (1 - mean)) : mean));
    },
    loss({ scores, targets, weights }) {
      const losses = custom.loss(scores, targets);
      return weightedMean(Float64Array.from({ length: targets.length }, (_, row) => losses[row]!), weights);
    },
    leafQuantile: null,
  };
}

/** Writes gradients times weights as float32 pairs. Throws TREES_OBJECTIVE for what is no finite number. */
export function writeCustomGradients(custom: CustomObjective, scores: Float64Array, targets: Float64Array, weights: Float64Array | null, pairs: Float32Array): void {
  const { gradient, hessian } = custom.gradients(scores.slice(), targets.slice());
  for (let row = 0; row < targets.length; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    const [first, second] = [gradient[row]!, hessian[row]!];
    if (!Number.isFinite(first) || !(second >= 0 && second < Infinity))
      throw new MillraceError({
        code: "TREES_OBJECTIVE",
        message: `The objective gave the derivatives ${first} and ${second} for a score of ${scores[row]} and a target of ${targets[row]}.`,
        mend: "Give finite first derivatives, and second ones that are not negative.",
        facts: { row },
      });
    pairs[2 * row] = first * weight;
    pairs[2 * row + 1] = Math.max(second, 1e-16) * weight;
  }
}
