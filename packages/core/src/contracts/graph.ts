import type { Field } from "./frame.js";
import type { Op } from "./op.js";

/**
 * A named tensor of the graph: `[N, 1]` for a scalar field, `[N, n]` for a vector of n; a constant's shape is its own dims. A sparse vector is
 * `[N, 2 L]`: L places, then the numbers at them; L is what the fullest row of the batch needs, and the rest of a row is place n with number 0.
 */
export interface Value {
  readonly name: string;
  readonly field: Field;
}

export type Values = ReadonlyMap<string, Value>;

/** A constant: row-major values. */
export type Tensor =
  | { readonly dtype: "float32"; readonly dims: readonly number[]; readonly values: Float32Array }
  | { readonly dtype: "float64"; readonly dims: readonly number[]; readonly values: Float64Array }
  | { readonly dtype: "int32"; readonly dims: readonly number[]; readonly values: Int32Array }
  | { readonly dtype: "int64"; readonly dims: readonly number[]; readonly values: BigInt64Array }
  | { readonly dtype: "bool"; readonly dims: readonly number[]; readonly values: Uint8Array }
  | { readonly dtype: "string"; readonly dims: readonly number[]; readonly values: readonly string[] };

/** INT, FLOAT, STRING, INTS, FLOATS, STRINGS, TENSOR of ONNX, in this order. */
export type Attribute = bigint | number | string | BigInt64Array | Float32Array | readonly string[] | Tensor;

/**
 * Builds ONNX nodes. Numbers enter a lowering as float64, category codes as int64, text as string; whoever calls `lower` casts
 * its results to their fields' dtypes, once, as the last nodes.
 */
export interface Graph {
  constant(tensor: Tensor): Value;
  /** One node; `outputs` describe its results (their names are hints). Throws GRAPH_OP_REFUSED where the list of operators says so. */
  node(op: Op, inputs: readonly (Value | null)[], outputs: readonly Field[], attributes?: Readonly<Record<string, Attribute>>): readonly Value[];
  /** int64 codes of a string value: index in `categories`, n for `""`, n + 1 for any other text. One LabelEncoder is shared per (value, categories). */
  code(text: Value, categories: readonly string[]): Value;
  /** Float64 scalars and vectors side by side as one `[N, sum]` value, so that arithmetic runs once. */
  stack(values: readonly Value[]): Value;
  /** The nodes of an ONNX file, its inputs replaced by `inputs` (by name); returns its outputs by name. */
  splice(model: Uint8Array, inputs: Values): Values;
}
