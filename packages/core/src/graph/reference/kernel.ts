import type { Tensor } from "../../contracts/graph.js";
import type { Attributes } from "../attributes.js";

/** An operator made ready: inputs to results. An input that is left out is null. */
export type Kernel = (inputs: readonly (Tensor | null)[]) => readonly Tensor[];

/** An operator's meaning by the ONNX specification, given its attributes and its number of results. */
export type Operator = (attributes: Attributes, results: number) => Kernel;

export type Numeric = Exclude<Tensor, { readonly dtype: "string" | "int64" }>;

/** A tensor of a numeric dtype; values are rounded to it (float32: once, to nearest even). */
export function numeric(dtype: Numeric["dtype"], dims: readonly number[], values: ArrayLike<number>): Numeric {
  switch (dtype) {
    case "float32":
      return { dtype, dims, values: Float32Array.from(values) };
    case "float64":
      return { dtype, dims, values: values instanceof Float64Array ? values : Float64Array.from(values) };
    case "int32":
      return { dtype, dims, values: Int32Array.from(values) };
    case "bool":
      return { dtype, dims, values: Uint8Array.from(values) };
  }
}

export function sizeOf(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1);
}

/** A tensor of the same dtype whose values are still to be set; the setter copies one value. */
export function blank(like: Tensor, dims: readonly number[]): { readonly tensor: Tensor; readonly set: (place: number, from: Tensor, at: number) => void } {
  const length = sizeOf(dims);
  if (like.dtype === "string") {
    const values = Array.from({ length }, () => "");
    return { tensor: { dtype: "string", dims, values }, set: (place, from, at) => void (values[place] = from.values[at] as string) };
  }
  // One of the typed arrays: what is read and written have its element type, whichever it is.
  const values = new (like.values.constructor as { new (length: number): Float64Array })(length);
  return { tensor: { ...like, dims, values } as unknown as Tensor, set: (place, from, at) => void (values[place] = from.values[at] as number) };
}

/** The values at these places, in their order. */
export function pick(from: Tensor, dims: readonly number[], places: ArrayLike<number>): Tensor {
  const { tensor, set } = blank(from, dims);
  for (let i = 0; i < places.length; i++) set(i, from, places[i]!);
  return tensor;
}

/** For an axis: how many values stand before it, along it, and behind it. */
export function around(dims: readonly number[], axis: number): { readonly before: number; readonly along: number; readonly behind: number } {
  const at = axis < 0 ? axis + dims.length : axis;
  return { before: sizeOf(dims.slice(0, at)), along: dims[at]!, behind: sizeOf(dims.slice(at + 1)) };
}
