import type { Op } from "../contracts/op.js";

/** What holds for an operator wherever it stands. */
export interface OpFacts {
  readonly domain: "" | "ai.onnx.ml";
  /** The version of its domain's operator set that it needs; a file states the greatest, at least 17 and 3. */
  readonly opset: number;
  /** Each row of the result depends on the same row of the inputs only (as `infer` accepts it). `split` hoists nothing else. */
  readonly rowWise: boolean;
  /** In float32, the same bits for one row and for many, for native and WebAssembly, on every CPU. The others are refused in float32. */
  readonly exact: boolean;
  /** onnxruntime has a float64 kernel. */
  readonly float64: boolean;
}

const exact: OpFacts = { domain: "", opset: 13, rowWise: true, exact: true, float64: true };
/** Vector body and scalar tail, or another order of summation, give other bits in float32. */
const inexact: OpFacts = { ...exact, exact: false };
const logical: OpFacts = { ...exact, opset: 7, float64: false };

/**
 * The closed list of what lowerings emit: opset 17 and ai.onnx.ml 3 hold all of it but StringSplit. Left out with reason: Sigmoid (onnxruntime's float64
 * kernel takes 1 - 1 / (1 + exp(x)) for negative x, which is 4e-8 wrong at -20 and 0 at -37; `arithmetic` composes an exact one), ReduceMax
 * (what it makes of NaN depends on the place), Sin, Cos, Softplus, Erf, Mod, and all of ai.onnx.ml that computes in float32.
 */
export const OPS: Readonly<Record<Op, OpFacts>> = {
  Abs: exact,
  Add: { ...exact, opset: 14 },
  And: logical,
  ArgMax: exact,
  Cast: exact,
  Clip: exact,
  Concat: exact,
  Div: { ...exact, opset: 14 },
  Equal: exact,
  Exp: inexact,
  Floor: exact,
  Gather: exact,
  GatherElements: exact,
  Greater: exact,
  GreaterOrEqual: { ...exact, opset: 16 },
  Identity: { ...exact, opset: 16 },
  IsInf: { ...exact, opset: 10 },
  IsNaN: exact,
  LabelEncoder: { ...exact, domain: "ai.onnx.ml", opset: 2, float64: false },
  Less: exact,
  LessOrEqual: { ...exact, opset: 16 },
  Log: inexact,
  MatMul: inexact,
  Max: exact,
  Min: exact,
  Mul: { ...exact, opset: 14 },
  Neg: exact,
  Not: { ...logical, opset: 1 },
  Or: logical,
  Pow: { ...inexact, opset: 15 },
  ReduceSum: inexact,
  Reshape: { ...exact, opset: 14 },
  // The width of a batch's rows, for TopK.
  Shape: { ...exact, opset: 15 },
  Slice: exact,
  Softmax: inexact,
  Split: exact,
  Sqrt: exact,
  // Raises a file to operator set 20 (onnxruntime 1.17).
  StringSplit: { ...exact, opset: 20, float64: false },
  Sub: { ...exact, opset: 14 },
  Tanh: inexact,
  // Counts, which float32 holds exactly to 2^24; weights are multiplied in float64 behind it.
  TfIdfVectorizer: { ...exact, opset: 9, float64: false },
  // Whole rows put in order: of equal values the one that stood first.
  TopK: { ...exact, opset: 11 },
  TreeEnsembleRegressor: { ...inexact, domain: "ai.onnx.ml", opset: 3 },
  Where: { ...exact, opset: 16 },
};
