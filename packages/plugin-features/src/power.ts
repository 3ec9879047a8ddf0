import { MillraceError, type Arithmetic, type Distribution, type Transform, type Value } from "@millrace/core";
import type { z } from "zod";
import { numberField, overColumns } from "./columns.js";
import { distributionsOf } from "./distributions.js";
import { NUMBERS, requireInputs, type Takes } from "./input.js";
import { expm1, log1p } from "./log1p.js";
import { minimize } from "./minimize.js";
import type { powerOptions } from "./power.options.js";

type Options = z.infer<typeof powerOptions>;

const TAKES: Takes = { transform: "power", allowed: NUMBERS, mend: "Give it columns of numbers; use `category` for text and `date-parts` for times." };

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
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      return input.map(({ name }) => numberField(name));
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      return distributionsOf(input.map(({ name }) => name), (all) => {
        const learnt = all.map((each, index) => learn(each, input[index]!.name, options));
        return { lambdas: Float64Array.from(learnt, ({ lambda }) => lambda), means: Float64Array.from(learnt, ({ mean }) => mean), scales: Float64Array.from(learnt, ({ scale }) => scale) };
      });
    },
    lower: ({ lambdas, means, scales }, input, graph) =>
      overColumns(input, graph, (x, math) => {
        const changed = options.method === "box-cox" ? lowerBoxCox(x, lambdas, math) : lowerYeoJohnson(x, lambdas, math);
        return options.standardize ? math.div(math.sub(changed, math.row(means)), math.row(scales)) : changed;
      }),
  };
}

/** Powers are sought here: beyond, what they make of a column is a few values and a tail. */
const WIDEST = 8;

function learn(distribution: Distribution, column: string, { method, standardize }: Options): { readonly lambda: number; readonly mean: number; readonly scale: number } {
  const { values, weights, count } = distribution;
  if (method === "box-cox" && values[0]! <= 0)
    throw new MillraceError({ code: "TRANSFORM_INPUT", message: `\`power\` with "box-cox" needs numbers above 0; the least of "${column}" is ${values[0]}.`, mend: "Use `method: \"yeo-johnson\"`, or shift the column in the source's SQL.", facts: { column } });
  const change = method === "box-cox" ? boxCox : yeoJohnson;
  // The logarithm of the derivative, but for the factor lambda - 1.
  const slope = values.reduce((sum, value, index) => sum + weights[index]! * (method === "box-cox" ? Math.log(value) : Math.sign(value) * Math.log1p(Math.abs(value))), 0);
  const lambda = values.length < 2 || values[0] === values.at(-1) ? 1 : minimize((lambda) => (count / 2) * Math.log(spread(values, weights, (value) => change(value, lambda)).variance) - (lambda - 1) * slope, -WIDEST, WIDEST);
  const { mean, variance } = spread(values, weights, (value) => change(value, lambda));
  const isFlat = !(variance > (10 * Number.EPSILON * mean) ** 2 && variance > Number.EPSILON ** 2);
  return { lambda, mean: standardize && count > 0 ? mean : 0, scale: standardize && !isFlat ? Math.sqrt(variance) : 1 };
}

function spread(values: Float64Array, weights: Float64Array, of: (value: number) => number): { readonly mean: number; readonly variance: number } {
  const changed = values.map(of);
  const count = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = changed.reduce((sum, value, index) => sum + weights[index]! * value, 0) / count;
  return { mean, variance: changed.reduce((sum, value, index) => sum + weights[index]! * (value - mean) ** 2, 0) / count };
}

/** (e^(lambda * t) - 1) / lambda: t where lambda is 0. By expm1, near 0 too. */
function powered(t: number, lambda: number): number {
  return Math.expm1(awayFromZero(lambda) * t) / awayFromZero(lambda);
}

function boxCox(value: number, lambda: number): number {
  return powered(Math.log(value), lambda);
}

function yeoJohnson(value: number, lambda: number): number {
  return value >= 0 ? powered(Math.log1p(value), lambda) : -powered(Math.log1p(-value), 2 - lambda);
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
