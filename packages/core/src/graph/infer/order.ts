import { intOf } from "../attributes.js";
import { refused } from "../refuse.js";
import { describeType, isBatch } from "../tensor-type.js";
import { present } from "./elementwise.js";
import type { Infer } from "./operand.js";

/** The width of the rows, `[1]`: how many tokens there are differs from batch to batch. */
export const shape: Infer = (op, operands, attributes) => {
  const [type] = present(op, operands, 1);
  if (type!.dims.length !== 2 || !isBatch(type!.dims) || intOf(attributes, "start", 0) !== 1 || intOf(attributes, "end", 0) !== 2)
    throw refused(op, `of ${describeType(type!)} it would tell more than the width of the rows.`, "Give it [N, ?], start 1 and end 2.");
  return [{ dtype: "int64", dims: [1] }];
};

/** Rows in order, as values and as the places where these stood; all of a row, because k is the width that Shape tells. */
export const topK: Infer = (op, operands, attributes) => {
  const [type, k] = present(op, operands, 2);
  if (type!.dims.length !== 2 || !isBatch(type!.dims) || (type!.dtype !== "int64" && type!.dtype !== "float64")) throw refused(op, `it cannot put ${describeType(type!)} in order.`, "Give it [N, ?] of int64 or float64.");
  if (k!.dtype !== "int64" || k!.dims.length !== 1 || operands[1]!.constant !== null) throw refused(op, "its k is not the width of the rows.", "Give k as Shape of what is put in order.");
  if (intOf(attributes, "axis", -1) !== 1 || intOf(attributes, "sorted", 1) !== 1) throw refused(op, "it does not put rows in order.", "Set axis to 1, and leave `sorted` out.");
  return [type!, { dtype: "int64", dims: type!.dims }];
};
