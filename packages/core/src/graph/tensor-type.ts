import type { Field } from "../contracts/frame.js";
import type { Tensor } from "../contracts/graph.js";

export type TensorDType = Tensor["dtype"];

/** The type of a tensor; a dimension of null is the batch, and stands first; a second one is a width that differs from batch to batch. */
export interface TensorType {
  readonly dtype: TensorDType;
  readonly dims: readonly (number | null)[];
}

/** `[N, 1]` for a scalar, `[N, n]` for a vector. */
export function batchDims(shape: readonly number[]): readonly (number | null)[] {
  return [null, ...(shape.length === 0 ? [1] : shape)];
}

/** The shape of a field over such a tensor: `[]` for `[N, 1]`; a constant's shape is its dims. */
export function shapeOf({ dims }: TensorType): readonly number[] {
  if (!isBatch(dims)) return dims as readonly number[];
  const rest = dims.slice(1) as number[];
  return rest.length === 1 && rest[0] === 1 ? [] : rest;
}

export function isBatch(dims: readonly (number | null)[]): boolean {
  return dims[0] === null;
}

/** Whether each row has the same number of values in every batch; the tokens of texts have not. */
export function isWidthKnown({ dims }: TensorType): boolean {
  return dims.lastIndexOf(null) <= 0;
}

/** Values per row, or of a whole constant. */
export function widthOfDims(dims: readonly (number | null)[]): number {
  return dims.reduce<number>((product, size) => product * (size ?? 1), 1);
}

/** `float64 [N, 3]`, for messages. */
export function describeType({ dtype, dims }: TensorType): string {
  return `${dtype} [${dims.map((size, axis) => size ?? (axis === 0 ? "N" : "?")).join(", ")}]`;
}

/** What a sparse vector is in a graph: floats, as many a row as the batch needs (see Value). */
export function isSparseType({ dtype, dims }: TensorType): boolean {
  return (dtype === "float32" || dtype === "float64") && dims.length === 2 && dims[0] === null && dims[1] === null;
}

/** A field over a tensor of this type, with what its author said of it. */
export function fieldOf(type: TensorType, said: Field): Field {
  if (said.dtype === "sparse" && isSparseType(type)) return said;
  return { ...said, dtype: type.dtype, shape: isWidthKnown(type) ? shapeOf(type) : null };
}
