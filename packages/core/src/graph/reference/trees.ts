import { float64sOf, intOf, intsOf, stringsOf, type Attributes } from "../attributes.js";
import { numeric, type Numeric, type Operator } from "./kernel.js";

/** The nodes of all trees, side by side; children are places in these arrays. */
export interface Forest {
  readonly roots: readonly number[];
  /** Of each node: LEAF, or how it compares. */
  readonly modes: readonly string[];
  readonly leaf: readonly boolean[];
  readonly holds: readonly ((value: number, threshold: number) => boolean)[];
  readonly feature: readonly number[];
  readonly threshold: Float64Array;
  readonly missingIsTrue: readonly number[];
  readonly yes: readonly number[];
  readonly no: readonly number[];
  /** Per leaf, the targets and what it adds to them, in order. */
  readonly weights: ReadonlyMap<number, readonly (readonly [target: number, weight: number])[]>;
}

const MODES: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  BRANCH_LEQ: (value, threshold) => value <= threshold,
  BRANCH_LT: (value, threshold) => value < threshold,
  BRANCH_GTE: (value, threshold) => value >= threshold,
  BRANCH_GT: (value, threshold) => value > threshold,
  BRANCH_EQ: (value, threshold) => value === threshold,
  BRANCH_NEQ: (value, threshold) => value !== threshold,
  LEAF: () => false,
};

/** The sum of the leaves in tree order, in float64, plus the base value, rounded once to float32. */
export const treeEnsembleRegressor: Operator = (attributes) => {
  const forest = forestOf(attributes);
  const targets = intOf(attributes, "n_targets", 1);
  const base = float64sOf(attributes, "base_values_as_tensor");
  return ([input]) => {
    const { dims, values } = input as Numeric;
    const [rows, width] = dims as readonly [number, number];
    const sums = new Float64Array(rows * targets);
    for (let row = 0; row < rows; row++) {
      for (const root of forest.roots) for (const [target, weight] of forest.weights.get(leafOf(forest, root, values, row * width)) ?? []) sums[row * targets + target]! += weight;
      if (base !== null) for (let target = 0; target < targets; target++) sums[row * targets + target]! += base[target]!;
    }
    return [numeric("float32", [rows, targets], sums)];
  };
};

function leafOf(forest: Forest, root: number, values: ArrayLike<number>, start: number): number {
  let at = root;
  while (!forest.leaf[at]) {
    const value = values[start + forest.feature[at]!]!;
    const holds = forest.holds[at]!(value, forest.threshold[at]!) || (forest.missingIsTrue[at] === 1 && Number.isNaN(value));
    at = holds ? forest.yes[at]! : forest.no[at]!;
  }
  return at;
}

export function forestOf(attributes: Attributes): Forest {
  const trees = intsOf(attributes, "nodes_treeids");
  const ids = intsOf(attributes, "nodes_nodeids");
  const places = new Map(ids.map((id, place) => [`${trees[place]}.${id}`, place]));
  const child = (name: string) => intsOf(attributes, name).map((id, place) => places.get(`${trees[place]}.${id}`) ?? -1);
  const modes = stringsOf(attributes, "nodes_modes");
  const weights = new Map<number, (readonly [number, number])[]>();
  const added = float64sOf(attributes, "target_weights_as_tensor")!;
  const targetTrees = intsOf(attributes, "target_treeids");
  const targetNodes = intsOf(attributes, "target_nodeids");
  intsOf(attributes, "target_ids").forEach((target, index) => {
    const place = places.get(`${targetTrees[index]}.${targetNodes[index]}`)!;
    weights.set(place, [...(weights.get(place) ?? []), [target, added[index]!]]);
  });
  return {
    roots: trees.flatMap((tree, place) => (place === 0 || trees[place - 1] !== tree ? [place] : [])),
    modes,
    leaf: modes.map((mode) => mode === "LEAF"),
    holds: modes.map((mode) => MODES[mode]!),
    feature: intsOf(attributes, "nodes_featureids"),
    threshold: float64sOf(attributes, "nodes_values_as_tensor")!,
    missingIsTrue: intsOf(attributes, "nodes_missing_value_tracks_true"),
    yes: child("nodes_truenodeids"),
    no: child("nodes_falsenodeids"),
    weights,
  };
}
