import type { Op } from "../../contracts/op.js";
import { clip, comparison, folded, isInf, test, unary, where } from "./elementwise.js";
import { cast, labelEncoder } from "./encoders.js";
import { gather, gatherElements } from "./gather.js";
import type { Operator } from "./kernel.js";
import { concat, identity, reshape, slice, split } from "./layout.js";
import { shape, topK } from "./order.js";
import { argMax, matMul, reduceSum, softmax } from "./reduce.js";
import { stringSplit, tfIdfVectorizer } from "./tokens.js";
import { treeEnsembleRegressor } from "./trees.js";

/** The list once more, as plain arithmetic. */
export const OPERATORS: Readonly<Record<Op, Operator>> = {
  Abs: unary(Math.abs, (value) => (value < 0n ? -value : value)),
  Add: folded((a, b) => a + b, (a, b) => BigInt.asIntN(64, a + b)),
  And: folded((a, b) => a & b, null),
  ArgMax: argMax,
  Cast: cast,
  Clip: clip,
  Concat: concat,
  Div: folded((a, b) => a / b, null),
  Equal: comparison((a, b) => a === b),
  Exp: unary(Math.exp),
  Floor: unary(Math.floor),
  Gather: gather,
  GatherElements: gatherElements,
  Greater: comparison((a, b) => a > b),
  GreaterOrEqual: comparison((a, b) => a >= b),
  Identity: identity,
  IsInf: isInf,
  IsNaN: test(Number.isNaN),
  LabelEncoder: labelEncoder,
  Less: comparison((a, b) => a < b),
  LessOrEqual: comparison((a, b) => a <= b),
  Log: unary(Math.log),
  MatMul: matMul,
  Max: folded(Math.max, (a, b) => (a > b ? a : b)),
  Min: folded(Math.min, (a, b) => (a < b ? a : b)),
  Mul: folded((a, b) => a * b, (a, b) => BigInt.asIntN(64, a * b)),
  Neg: unary((value) => -value, (value) => BigInt.asIntN(64, -value)),
  Not: unary((value) => 1 - value),
  Or: folded((a, b) => a | b, null),
  Pow: folded(pow, null),
  ReduceSum: reduceSum,
  Reshape: reshape,
  Shape: shape,
  Slice: slice,
  Softmax: softmax,
  Split: split,
  Sqrt: unary(Math.sqrt),
  StringSplit: stringSplit,
  Sub: folded((a, b) => a - b, (a, b) => BigInt.asIntN(64, a - b)),
  Tanh: unary(Math.tanh),
  TfIdfVectorizer: tfIdfVectorizer,
  TopK: topK,
  TreeEnsembleRegressor: treeEnsembleRegressor,
  Where: where,
};

/** IEEE 754 pow: unlike JavaScript's, 1 to any power is 1, and so is -1 to an infinite one. */
function pow(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Infinity)) return 1;
  return base ** exponent;
}
