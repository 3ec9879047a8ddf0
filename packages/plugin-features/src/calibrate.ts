import { arithmetic, MillraceError, type Field, type Graph, type Remark, type ScoreCurve, type Transform, type Value } from "@millrace/core";
import type { CalibrateOptions } from "./calibrate.options.js";
import { interpolate } from "./interpolate.js";
import { isotonic, type Knots } from "./isotonic.js";
import { LEAST_PROBABILITY } from "./log-odds.js";
import { platt, type Sigmoid } from "./platt.js";
import { requireProbabilities } from "./probabilities.js";
import { scoreCurves } from "./score-curves.js";

/** One curve where binary, else one per class against the rest. */
export type CalibrateState = { readonly remarks: readonly Remark[] } & ({ readonly method: "isotonic"; readonly curves: readonly Knots[] } | { readonly method: "platt"; readonly curves: readonly Sigmoid[] });

/**
 * Probabilities that mean what they say: of the rows with 0.3, three in ten. Fitted on predictions for rows that the model has not learnt
 * from. More than two classes: each against the rest, then divided by their sum (as scikit-learn's CalibratedClassifierCV).
 */
export function calibrate({ method }: CalibrateOptions): Transform<CalibrateState> {
  return {
    learnsFrom: "target",
    fields(input) {
      const { name, shape } = requireProbabilities("calibrate", input);
      return [{ name, dtype: "float32", nullable: true, shape, categories: null }];
    },
    fit(input, target) {
      const probabilities = requireProbabilities("calibrate", input);
      requireTarget(target);
      return scoreCurves(probabilities, (curves) => {
        const remarks = remarksOf(curves, method, target.categories);
        return method === "isotonic" ? { method, remarks, curves: curves.map((curve) => (isOneSided(curve) ? UNCHANGED.isotonic : isotonic(curve))) } : { method, remarks, curves: curves.map((curve) => (isOneSided(curve) ? UNCHANGED.platt : platt(curve))) };
      });
    },
    lower(state, input, graph) {
      const [[name, value]] = [...input] as [[string, Value]];
      const calibrated = state.method === "isotonic" ? interpolate(value, state.curves, graph) : lowerSigmoids(value, state.curves, graph);
      return new Map([[name, state.curves.length === 1 ? calibrated : normalised(calibrated, graph)]]);
    },
  };
}

const UNCHANGED = { isotonic: { x: Float64Array.of(0, 1), y: Float64Array.of(0, 1) }, platt: { slope: 1, intercept: 0 } } as const;

/** Whether all rows are on one side: there is nothing to compare with. */
function isOneSided({ positive, negative }: ScoreCurve): boolean {
  return !positive.some((weight) => weight > 0) || !negative.some((weight) => weight > 0);
}

function lowerSigmoids(value: Value, curves: readonly Sigmoid[], graph: Graph): Value {
  const { add, sub, mul, log, less, greater, where, row, sigmoid } = arithmetic(graph);
  const above = where(less(value, LEAST_PROBABILITY), LEAST_PROBABILITY, value);
  const held = where(greater(above, 1 - LEAST_PROBABILITY), 1 - LEAST_PROBABILITY, above);
  const odds = sub(log(held), log(sub(1, held)));
  return sigmoid(add(mul(odds, row(curves.map(({ slope }) => slope))), row(curves.map(({ intercept }) => intercept))));
}

/** Shares of 1; where all are 0, all the same. */
function normalised(value: Value, graph: Graph): Value {
  const { div, equal, where } = arithmetic(graph);
  const classes = value.field.shape![0]!;
  const axes = graph.constant({ dtype: "int64", dims: [1], values: BigInt64Array.of(1n) });
  const [total] = graph.node("ReduceSum", [value, axes], [{ ...value.field, name: "total", shape: [] }], { keepdims: 1n });
  const isZero = equal(total!, 0);
  return where(isZero, 1 / classes, div(value, where(isZero, 1, total!)));
}

function remarksOf(curves: readonly ScoreCurve[], method: CalibrateOptions["method"], classes: readonly string[] | null): readonly Remark[] {
  const rows = curves[0]!.positive.reduce((sum, weight, i) => sum + weight + curves[0]!.negative[i]!, 0);
  const untouched = curves.flatMap((curve, index) => (isOneSided(curve) ? [classes?.[index] ?? String(index)] : []));
  const fitted: Remark = { about: "after", sentence: `Probabilities are calibrated (${method}) on validation rows of weight ${Math.round(rows).toLocaleString("en-US")}.` };
  if (untouched.length === 0) return [fitted];
  if (curves.length === 1) return [{ about: "after", sentence: "Probabilities are not calibrated: the validation rows are of one class." }];
  return [fitted, { about: "after", sentence: `Not calibrated, for want of validation rows on both sides, are the probabilities of ${untouched.map((name) => `\`${name}\``).join(", ")}.` }];
}

function requireTarget(target: Field | null): asserts target is Field {
  if (target === null)
    throw new MillraceError({ code: "TRANSFORM_TARGET", message: "`calibrate` learns from the target, and the model has none.", mend: "Set `columns.target`." });
}
