import { MillraceError, type Arithmetic, type Distribution, type Transform, type Value } from "@millrace/core";
import type { z } from "zod";
import { distributionsOf } from "./distributions.js";
import { expm1, log1p } from "./log1p.js";
import { minimize } from "./minimize.js";
import { numberTransform } from "./number-transform.js";
import type { powerOptions } from "./power.options.js";

type Options = z.infer<typeof powerOptions>;

/** By column; where nothing is standardised means are 0 and scales 1. */
export interface PowerState {
  readonly lambdas: Float64Array;
  readonly means: Float64Array;
  readonly scales: Float64Array;
}

/**
 * The power that makes a column most like a normal distribution, by maximum likelihood (I.-K. Yeo and R. A. Johnson (2000); G. E. P. Box and
 * D. R. Cox (1964)). Learnt from the column's distribution: exactly up to 65,536 values, beyond from its sketch. Missing stays missing.
 */
export function power(options: Options): Transform<PowerState> {
  return numberTransform(
    "power",
    (columns) =>
      distributionsOf(columns, (all) => {
        const learnt = all.map((each, index) => learn(each, columns[index]!, options));
        return { lambdas: Float64Array.from(learnt, ({ lambda }) => lambda), means: Float64Array.from(learnt, ({ mean }) => mean), scales: Float64Array.from(learnt, ({ scale }) => scale) };
      }),
    (x, { lambdas, means, scales }, math) => {
      const changed = options.method === "box-cox" ? lowerBoxCox(x, lambdas, math) : lowerYeoJohnson(x, lambdas, math);
      return options.standardize ? math.div(math.sub(changed, math.row(means)), math.row(scales)) : changed;
    },
  );
}

/** Powers are sought here: beyond, what they make of a column is a few values and a tail. */
const WIDEST = 8;

function learn(distribution: Distribution, column: string, { method, standardize }: Options): { readonly lambda: number; readonly mean: number; readonly scale: number } {
  const { values, weights, count } = distribution;
  if (method === "box-cox" && values[0]! <= 0)
    throw new MillraceError({ code: "TRANSFORM_INPUT", message: `\`power\` with "box-cox" needs numbers above 0; the least of "${column}" is ${values[0]}.`, mend: "Use `method: \"yeo-johnson\"`, or shift the column in the source's SQL.", facts: { column } });
  const logs = values.map(method === "box-cox" ? Math.log : (value) => Math.sign(value) * Math.log1p(Math.abs(value)));
  // Yeo and Johnson's power of a negative value is that of its mirror image with 2 - lambda, below 0; Box and Cox's logarithms may be negative themselves.
  const mirrors = method === "yeo-johnson";
  const changed = new Float64Array(values.length);
  // The logarithm of the derivative, but for the factor lambda - 1.
  const slope = logs.reduce((sum, log, index) => sum + weights[index]! * log, 0);
  const height = (lambda: number) => (count / 2) * Math.log(spread(powered(logs, lambda, mirrors, changed), weights, count).variance) - (lambda - 1) * slope;
  const lambda = values.length < 2 || values[0] === values.at(-1) ? 1 : minimize(height, -WIDEST, WIDEST);
  const { mean, variance } = spread(powered(logs, lambda, mirrors, changed), weights, count);
  const isFlat = !(variance > (10 * Number.EPSILON * mean) ** 2 && variance > Number.EPSILON ** 2);
  return { lambda, mean: standardize && count > 0 ? mean : 0, scale: standardize && !isFlat ? Math.sqrt(variance) : 1 };
}

function spread(values: Float64Array, weights: Float64Array, count: number): { readonly mean: number; readonly variance: number } {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += weights[i]! * values[i]!;
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += weights[i]! * (values[i]! - mean) * (values[i]! - mean);
  return { mean, variance: squares / count };
}

/** (e^(lambda * t) - 1) / lambda, which is t where lambda is 0; by expm1, near 0 too. Written over `into`. */
function powered(logs: Float64Array, lambda: number, mirrors: boolean, into: Float64Array): Float64Array {
  const [above, below] = [awayFromZero(lambda), awayFromZero(2 - lambda)];
  for (let i = 0; i < logs.length; i++) {
    const t = logs[i]!;
    into[i] = t < 0 && mirrors ? -Math.expm1(below * -t) / below : Math.expm1(above * t) / above;
  }
  return into;
}

/** So near to 0 that the limit is met to 1e-11, and no quotient is 0 / 0. */
function awayFromZero(lambda: number): number {
  return Math.abs(lambda) < 1e-12 ? 1e-12 : lambda;
}

function lowerPowered(t: Value, lambdas: Float64Array, math: Arithmetic): Value {
  const factors = math.row(lambdas.map(awayFromZero));
  return math.div(expm1(math.mul(t, factors), math), factors);
}

function lowerBoxCox(x: Value, lambdas: Float64Array, math: Arithmetic): Value {
  return lowerPowered(math.log(math.where(math.greater(x, 0), x, NaN)), lambdas, math);
}

function lowerYeoJohnson(x: Value, lambdas: Float64Array, math: Arithmetic): Value {
  const t = log1p(math.abs(x), math);
  const positive = lowerPowered(t, lambdas, math);
  const negative = math.neg(lowerPowered(t, lambdas.map((lambda) => 2 - lambda), math));
  return math.where(math.less(x, 0), negative, positive);
}
