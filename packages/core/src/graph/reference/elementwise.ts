import type { Tensor } from "../../contracts/graph.js";
import { intOf } from "../attributes.js";
import { broadcastDims, placesIn } from "./broadcast.js";
import { blank, numeric, sizeOf, type Kernel, type Numeric, type Operator } from "./kernel.js";

type Of<T> = (left: T, right: T) => T;

/** One number to one number, in float64, rounded to the input's dtype. */
export function unary(of: (value: number) => number, integer: ((value: bigint) => bigint) | null = null): Operator {
  return () => ([input]) => {
    const tensor = input!;
    if (tensor.dtype === "int64") return [{ ...tensor, values: tensor.values.map(integer!) }];
    const { dims, dtype, values } = tensor as Numeric;
    const out = new Float64Array(values.length);
    for (let i = 0; i < out.length; i++) out[i] = of(values[i]!);
    return [numeric(dtype, dims, out)];
  };
}

export function test(of: (value: number) => boolean): Operator {
  return () => ([input]) => {
    const { dims, values } = input as Numeric;
    return [{ dtype: "bool", dims, values: Uint8Array.from(values, (value) => (of(value) ? 1 : 0)) }];
  };
}

/** Two or more operands, broadcast, taken together from the left. */
export function folded(of: Of<number>, integer: Of<bigint> | null): Operator {
  return () => (inputs) => [(inputs as readonly Tensor[]).reduce((left, right) => binary(left, right, of, integer))];
}

function binary(left: Tensor, right: Tensor, of: Of<number>, integer: Of<bigint> | null): Tensor {
  const { dims, at } = walk(left, right);
  if (left.dtype === "int64") {
    const values = new BigInt64Array(sizeOf(dims));
    const b = (right as typeof left).values;
    at((i, l, r) => (values[i] = integer!(left.values[l]!, b[r]!)));
    return { dtype: "int64", dims, values };
  }
  const a = (left as Numeric).values;
  const b = (right as Numeric).values;
  const values = new Float64Array(sizeOf(dims));
  at((i, l, r) => (values[i] = of(a[l]!, b[r]!)));
  return numeric((left as Numeric).dtype, dims, values);
}

/** IEEE comparison: false wherever there is a NaN. */
export function comparison(holds: (left: number | bigint, right: number | bigint) => boolean): Operator {
  return () => ([left, right]) => {
    const { dims, at } = walk(left!, right!);
    const values = new Uint8Array(sizeOf(dims));
    const a = left!.values as ArrayLike<number | bigint>;
    const b = right!.values as ArrayLike<number | bigint>;
    at((i, l, r) => (values[i] = holds(a[l]!, b[r]!) ? 1 : 0));
    return [{ dtype: "bool", dims, values }];
  };
}

function walk(left: Tensor, right: Tensor): { readonly dims: readonly number[]; at(visit: (place: number, left: number, right: number) => void): void } {
  const dims = broadcastDims([left.dims, right.dims]);
  const [l, r] = [placesIn(left, dims), placesIn(right, dims)];
  const total = sizeOf(dims);
  return {
    dims,
    at(visit) {
      for (let i = 0; i < total; i++) visit(i, l === null ? i : l[i]!, r === null ? i : r[i]!);
    },
  };
}

export const where: Operator = () => ([condition, yes, no]) => {
  const dims = broadcastDims([condition!.dims, yes!.dims, no!.dims]);
  const [c, y, n] = [condition!, yes!, no!].map((tensor) => placesIn(tensor, dims));
  const { tensor, set } = blank(yes!, dims);
  const total = sizeOf(dims);
  for (let i = 0; i < total; i++) {
    const holds = condition!.values[c == null ? i : c[i]!] === 1;
    const places = holds ? y : n;
    set(i, holds ? yes! : no!, places == null ? i : places[i]!);
    // onnxruntime takes the first side where it is not 0 and the second elsewhere: -0 of the first side comes out as 0.
    if (holds && tensor.dtype !== "string" && tensor.dtype !== "int64") tensor.values[i]! += 0;
  }
  return [tensor];
};

/** NaN stays NaN, as no comparison with it holds. */
export const clip: Operator = () => ([value, low, high]) => {
  const [least, greatest] = [low!.values[0] as number | bigint, high!.values[0] as number | bigint];
  const one = (x: number | bigint) => (x < least ? least : x > greatest ? greatest : x);
  if (value!.dtype === "int64") return [{ ...value!, values: value!.values.map((x) => one(x) as bigint) }];
  const { dtype, dims, values } = value as Numeric;
  return [numeric(dtype, dims, Float64Array.from(values, (x) => one(x) as number))];
};

export const isInf: Operator = (attributes): Kernel => {
  const negative = intOf(attributes, "detect_negative", 1) === 1;
  const positive = intOf(attributes, "detect_positive", 1) === 1;
  return test((value) => (positive && value === Infinity) || (negative && value === -Infinity))(attributes, 1);
};
