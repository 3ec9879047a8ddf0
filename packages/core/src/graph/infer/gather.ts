import { intOf } from "../attributes.js";
import { refused } from "../refuse.js";
import { describeType, isBatch } from "../tensor-type.js";
import { axisOf } from "./layout.js";
import { FLOATS, oneDType, present } from "./elementwise.js";
import type { Infer } from "./operand.js";

/** A table by codes, or columns of a value by constant indices. */
export const gather: Infer = (op, operands, attributes) => {
  const [data, indices] = present(op, operands, 2);
  oneDType(op, [indices!], ["int64", "int32"]);
  const axis = axisOf(op, data!, intOf(attributes, "axis", 0));
  const dims = [...data!.dims.slice(0, axis), ...indices!.dims, ...data!.dims.slice(axis + 1)];
  if (isBatch(indices!.dims) && (isBatch(data!.dims) || axis !== 0)) throw refused(op, `${describeType(indices!)} of ${describeType(data!)} on axis ${axis} would mix rows.`, "Gather from a constant table on axis 0, or with constant indices on axis 1.");
  return [{ dtype: data!.dtype, dims }];
};

/** In each row, its own columns. */
export const gatherElements: Infer = (op, operands, attributes) => {
  const [data, indices] = present(op, operands, 2);
  oneDType(op, [indices!], ["int64", "int32"]);
  axisOf(op, data!, intOf(attributes, "axis", 0));
  if (data!.dims.length !== indices!.dims.length || isBatch(data!.dims) !== isBatch(indices!.dims))
    throw refused(op, `${describeType(indices!)} does not pick from ${describeType(data!)}.`, "Give both the same rank and rows.");
  return [{ dtype: data!.dtype, dims: indices!.dims }];
};

/** `[N, k]` by a constant `[k, m]`. */
export const matMul: Infer = (op, operands) => {
  const [left, right] = present(op, operands, 2);
  const dtype = oneDType(op, [left!, right!], FLOATS);
  if (left!.dims.length !== 2 || right!.dims.length !== 2 || isBatch(right!.dims) || left!.dims[1] !== right!.dims[0])
    throw refused(op, `${describeType(left!)} by ${describeType(right!)} does not multiply row by row.`, "Give [N, k] and a constant [k, m].");
  return [{ dtype, dims: [left!.dims[0]!, right!.dims[1]!] }];
};
