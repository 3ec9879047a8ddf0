import type { Op } from "../../contracts/op.js";
import { clip, elementwise, FLOATS, NUMBERS, where } from "./elementwise.js";
import { cast, labelEncoder, treeEnsemble } from "./encoders.js";
import { gather, gatherElements, matMul } from "./gather.js";
import { argMax, concat, identity, reduceSum, reshape, slice, softmax, splitColumns } from "./layout.js";
import type { Infer } from "./operand.js";
import { shape, topK } from "./order.js";
import { stringSplit, tfIdfVectorizer } from "./tokens.js";

const unary = elementwise(FLOATS, 1);
const compare = elementwise(NUMBERS, 2, "bool");
const logical = elementwise(["bool"], 2);

/** The types of each operator's results, and what it refuses. int64 Div is left out: it truncates, and a zero divisor ends the process. */
export const INFER: Readonly<Record<Op, Infer>> = {
  Abs: elementwise(NUMBERS, 1),
  Add: elementwise(NUMBERS, 2),
  And: logical,
  ArgMax: argMax,
  Cast: cast,
  Clip: clip,
  Concat: concat,
  Div: elementwise(FLOATS, 2),
  Equal: elementwise([...NUMBERS, "bool"], 2, "bool"),
  Exp: unary,
  Floor: unary,
  Gather: gather,
  GatherElements: gatherElements,
  Greater: compare,
  GreaterOrEqual: compare,
  Identity: identity,
  IsInf: elementwise(FLOATS, 1, "bool"),
  IsNaN: elementwise(FLOATS, 1, "bool"),
  LabelEncoder: labelEncoder,
  Less: compare,
  LessOrEqual: compare,
  Log: unary,
  MatMul: matMul,
  Max: elementwise(NUMBERS, "any"),
  Min: elementwise(NUMBERS, "any"),
  Mul: elementwise(NUMBERS, 2),
  Neg: elementwise(NUMBERS, 1),
  Not: elementwise(["bool"], 1),
  Or: logical,
  Pow: elementwise(FLOATS, 2),
  ReduceSum: reduceSum,
  Reshape: reshape,
  Shape: shape,
  Slice: slice,
  Softmax: softmax,
  Split: splitColumns,
  Sqrt: unary,
  StringSplit: stringSplit,
  Sub: elementwise(NUMBERS, 2),
  Tanh: unary,
  TfIdfVectorizer: tfIdfVectorizer,
  TopK: topK,
  TreeEnsembleRegressor: treeEnsemble,
  Where: where,
};
