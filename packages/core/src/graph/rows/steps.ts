import type { Op } from "../../contracts/op.js";
import { binary, cast, clip, isInf, unary, where } from "./arithmetic-steps.js";
import { argMax, concat, gather, labelEncoder, renamed, slice, splitColumns } from "./layout-steps.js";
import type { PlanNode } from "./step.js";
import { treeEnsemble } from "./tree-steps.js";

const test = (of: (left: number, right: number) => boolean): PlanNode => binary((left, right) => Number(of(left, right)));

/**
 * The operators that are done here: those whose results IEEE 754 or the specification of ONNX leaves no choice, so that they are the same in every
 * runtime. Of the exact ones Max and Min are left out (which of two zeros they take is the runtime's choice), and what looks at more than a row's own cells.
 */
export const STEPS: Readonly<Partial<Record<Op, PlanNode>>> = {
  Abs: unary(Math.abs),
  Add: binary((left, right) => left + right),
  And: binary((left, right) => left * right),
  ArgMax: argMax,
  Cast: cast,
  Clip: clip,
  Concat: concat,
  Div: binary((left, right) => left / right),
  Equal: test((left, right) => left === right),
  Floor: unary(Math.floor),
  Gather: gather,
  Greater: test((left, right) => left > right),
  GreaterOrEqual: test((left, right) => left >= right),
  Identity: renamed,
  IsInf: isInf,
  IsNaN: unary((value) => Number(Number.isNaN(value))),
  LabelEncoder: labelEncoder,
  Less: test((left, right) => left < right),
  LessOrEqual: test((left, right) => left <= right),
  Mul: binary((left, right) => left * right),
  Neg: unary((value) => -value),
  Not: unary((value) => 1 - value),
  Or: binary((left, right) => Math.max(left, right)),
  Reshape: renamed,
  Slice: slice,
  Split: splitColumns,
  Sqrt: unary(Math.sqrt),
  Sub: binary((left, right) => left - right),
  TreeEnsembleRegressor: treeEnsemble,
  Where: where,
};
