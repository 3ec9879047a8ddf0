import type { Graph, Value } from "../contracts/graph.js";
import { cast } from "./cast.js";
import { lookup } from "./columns.js";

type Operand = Value | number;

/** What the formula is written in: see `Arithmetic`. */
interface Formulas extends Readonly<Record<"add" | "sub" | "mul" | "div", (left: Operand, right: Operand) => Value>>, Readonly<Record<"floor" | "isNaN" | "neg", (operand: Value) => Value>> {
  readonly where: (condition: Value, yes: Operand, no: Operand) => Value;
}

/** Cody and Waite's ln 2 in two parts: a whole number up to 2^11 times the first is exact. */
const LN2 = [0.693145751953125, 1.4286068203094173e-6] as const;
/** Moshier, Cephes, exp.c: exp(r) = 1 + 2 r P(r²) / (Q(r²) - r P(r²)) for |r| <= ln 2 / 2, to 2e-16 relative; from the highest power. */
const P = [0.00012617719307481058, 0.030299440770744195, 1] as const;
const Q = [0.0000030019850513866446, 0.002524483403496841, 0.22726554820815503, 2] as const;
/** Below, exp(x) does not reach the last bit of 1 + exp(x). */
const LEAST = -40;
/** Beyond 709.4 the result is 0: its power of two is that of no float64, and Infinity. */
const GREATEST = 710;
const LEAST_POWER = -58;
const GREATEST_POWER = 1_024;

/**
 * 1 / (1 + exp(-x)) of operators whose results IEEE 754 prescribes, so that it has the same bits in every runtime and on every processor. The
 * operators Exp and Sigmoid have not, and Sigmoid's float64 kernel in onnxruntime takes 1 - 1 / (1 + exp(x)) for negative x, which is 4e-8 wrong at -20.
 * Infinity gives 1, -Infinity 0, and NaN stays NaN.
 */
export function sigmoid(graph: Graph, math: Formulas, value: Value): Value {
  const { add, sub, mul, div, floor, isNaN, neg, where } = math;
  const [least, greatest] = [LEAST, GREATEST].map((bound) => graph.constant({ dtype: "float64", dims: [], values: Float64Array.of(bound) }));
  const [x] = graph.node("Clip", [neg(value), least!, greatest!], [{ ...value.field, name: "clip", dtype: "float64" }]);
  const power = floor(add(mul(x!, Math.LOG2E), 0.5));
  const r = sub(sub(x!, mul(power, LN2[0])), mul(power, LN2[1]));
  const squared = mul(r, r);
  const polynomial = (coefficients: readonly number[]): Value => coefficients.slice(2).reduce((sum, coefficient) => add(mul(sum, squared), coefficient), add(mul(squared, coefficients[0]!), coefficients[1]!));
  const odd = mul(r, polynomial(P));
  const ratio = div(odd, sub(polynomial(Q), odd));
  const mantissa = add(add(ratio, ratio), 1);
  const place = cast(graph, where(isNaN(power), 0, sub(power, LEAST_POWER)), "int64");
  const powers = Float64Array.from({ length: GREATEST_POWER - LEAST_POWER + 1 }, (_, index) => 2 ** (index + LEAST_POWER));
  return div(1, add(mul(mantissa, lookup(graph, place, powers)), 1));
}
