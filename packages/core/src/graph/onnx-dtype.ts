import type { TensorDType } from "./tensor-type.js";

/** ONNX's numbers of the dtypes that graphs use (TensorProto.DataType). */
export const ONNX_DTYPE: Readonly<Record<TensorDType, number>> = { float32: 1, int32: 6, int64: 7, string: 8, bool: 9, float64: 11 };

export const DTYPE_OF: ReadonlyMap<number, TensorDType> = new Map(Object.entries(ONNX_DTYPE).map(([dtype, number]) => [number, dtype as TensorDType]));
