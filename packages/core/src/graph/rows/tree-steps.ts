import { forestOf, type Forest } from "../reference/trees.js";
import { float64sOf, intOf } from "../attributes.js";
import { columnsOf, rowType, type PlanNode } from "./step.js";

/** Trees whose nodes all ask whether a number is at most a threshold: what trainers here write, and most others. */
const LEQ = "BRANCH_LEQ";

/** Nodes of all trees side by side, made for walking: a leaf has itself as its children, and a sum of its own. */
interface Walk {
  readonly roots: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  /** 1 where a missing number goes the way of those that are at most the threshold. */
  readonly missing: Uint8Array;
  readonly yes: Int32Array;
  readonly no: Int32Array;
  /** 1 for a leaf. */
  readonly isLeaf: Uint8Array;
  readonly weight: Float64Array;
}

/** With one weight a leaf, at most, and the base value in float64: the sum of the leaves in tree order, in float64, plus the base value, rounded once to float32; of one target. */
export const treeEnsemble: PlanNode = ({ inputs, outputs, attributes }, facts) => {
  const isOne = intOf(attributes, "n_targets", 1) === 1;
  if (!isOne || columnsOf(facts, inputs[0]!) === null || facts.types.get(inputs[0]!)!.dtype !== "float64" || rowType(facts, outputs[0]!) === null) return null;
  const forest = forestOf(attributes);
  const isPlain = forest.modes.every((mode) => mode === LEQ || mode === "LEAF") && attributes["base_values"] === undefined && [...forest.weights.values()].every(({ length }) => length === 1);
  if (!isPlain) return null;
  const { roots, feature, threshold, missing, yes, no, isLeaf, weight } = walkOf(forest);
  const base = float64sOf(attributes, "base_values_as_tensor")?.[0] ?? null;
  return ({ cells, place }) => {
    const from = place(inputs[0]!).at;
    const to = place(outputs[0]!).at;
    return () => {
      const { numbers } = cells;
      let sum = 0;
      for (let tree = 0; tree < roots.length; tree++) {
        let at = roots[tree]!;
        while (isLeaf[at] === 0) {
          const value = numbers[from + feature[at]!]!;
          at = value <= threshold[at]! || (value !== value && missing[at] === 1) ? yes[at]! : no[at]!;
        }
        sum += weight[at]!;
      }
      numbers[to] = Math.fround(base === null ? sum : sum + base);
    };
  };
};

function walkOf({ roots, modes, feature, threshold, missingIsTrue, yes, no, weights }: Forest): Walk {
  return {
    roots: Int32Array.from(roots),
    feature: Int32Array.from(feature),
    threshold,
    missing: Uint8Array.from(modes, (_, at) => missingIsTrue[at] ?? 0),
    yes: Int32Array.from(yes),
    no: Int32Array.from(no),
    isLeaf: Uint8Array.from(modes, (mode) => Number(mode === "LEAF")),
    weight: Float64Array.from(modes, (_, at) => weights.get(at)?.[0]?.[1] ?? 0),
  };
}
