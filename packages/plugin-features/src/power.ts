import { MillraceError, type Arithmetic, type Distribution, type Transform, type Value } from "@millrace/core";
import type { z } from "zod";
import { distributionsOf } from "./distributions.js";
import { HIGHEST, likeliestPower } from "./likeliest-power.js";
import { log1p } from "./log1p.js";
import { numberTransform } from "./number-transform.js";
import type { powerOptions } from "./power.options.js";
import { lowerPowered, powered } from "./powered.js";
import { spreadOf } from "./spread.js";

type Options = z.infer<typeof powerOptions>;

/** By column; where nothing is standardised means are 0 and scales 1. */
export interface PowerState {
  readonly lambdas: Float64Array;
  readonly means: Float64Array;
  readonly scales: Float64Array;
}

/**
 * The power that makes a column most like a normal distribution, by maximum likelihood (I.-K. Yeo and R. A. Johnson (2000); G. E. P. Box and
 * D. R. Cox (1964)). Learnt from the column's distribution: exactly up to 65,536 values, beyond from its sketch. Missing stays missing;
 * a constant becomes 0.
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

function learn({ values, weights, count }: Distribution, column: string, { method, standardize }: Options): { readonly lambda: number; readonly mean: number; readonly scale: number } {
  const isBoxCox = method === "box-cox";
  if (isBoxCox && values[0]! <= 0)
    throw new MillraceError({ code: "TRANSFORM_INPUT", message: `\`power\` with "box-cox" needs numbers above 0; the least of "${column}" is ${values[0]}.`, mend: "Use `method: \"yeo-johnson\"`, or shift the column in the source's SQL.", facts: { column } });
  const logs = values.map(isBoxCox ? Math.log : (value) => Math.sign(value) * Math.log1p(Math.abs(value)));
  // No power makes a constant, or what rounding makes of one, more normal.
  const lambda = spreadOf(values, weights, count).isConstant ? 1 : likeliestPower({ logs, weights, count, mirrors: !isBoxCox }, HIGHEST[standardize ? "scaled" : "plain"]);
  if (!standardize) return { lambda, mean: 0, scale: 1 };
  const changed = lambda === 1 ? values.map((value) => value - (isBoxCox ? 1 : 0)) : powered(logs, lambda, !isBoxCox, logs);
  const { mean, deviation, isConstant } = spreadOf(changed, weights, count);
  return { lambda, mean, scale: isConstant ? 1 : deviation };
}

/** A power of 1 is no detour over logarithms, so that a constant is its own mean to the bit. */
function lowerBoxCox(x: Value, lambdas: Float64Array, math: Arithmetic): Value {
  const above = math.where(math.greater(x, 0), x, NaN);
  return whereOne(lambdas, math.sub(above, 1), lowerPowered(math.log(above), lambdas, math), math);
}

function lowerYeoJohnson(x: Value, lambdas: Float64Array, math: Arithmetic): Value {
  const t = log1p(math.abs(x), math);
  const positive = lowerPowered(t, lambdas, math);
  const negative = math.neg(lowerPowered(t, lambdas.map((lambda) => 2 - lambda), math));
  return whereOne(lambdas, x, math.where(math.less(x, 0), negative, positive), math);
}

function whereOne(lambdas: Float64Array, yes: Value, no: Value, math: Arithmetic): Value {
  return lambdas.includes(1) ? math.where(math.equal(math.row(lambdas), 1), yes, no) : no;
}
