import type { Attributes } from "../attributes.js";
import { intOf } from "../attributes.js";
import { refused } from "../refuse.js";
import { describeType, isBatch, isWidthKnown, widthOfDims, type TensorDType, type TensorType } from "../tensor-type.js";
import { FLOATS, NUMBERS, oneDType, present } from "./elementwise.js";
import type { Infer, Operand } from "./operand.js";

const ALL: readonly TensorDType[] = [...NUMBERS, "int32", "bool", "string"];

export const identity: Infer = (op, operands) => [present(op, operands, 1)[0]!];

/** Side by side. */
export const concat: Infer = (op, operands, attributes) => {
  const types = present(op, operands, "any");
  const dtype = oneDType(op, types, ALL);
  const first = types[0]!;
  const axis = axisOf(op, first, intOf(attributes, "axis", 0));
  const same = types.every(({ dims }) => dims.length === first.dims.length && dims.every((size, at) => at === axis || size === first.dims[at]));
  if (!same) throw refused(op, `${types.map(describeType).join(", ")} do not stand side by side.`, "Give it values of equal length but for the axis; a constant does not broadcast.");
  return [{ dtype, dims: first.dims.map((size, at) => (at === axis ? types.reduce<number | null>((sum, { dims }) => (sum === null || dims[at] === null ? null : sum + dims[at]!), 0) : size)) }];
};

export const splitColumns: Infer = (op, [value, sizes], attributes) => {
  const [type] = present(op, [value ?? null], 1);
  const axis = axisOf(op, type!, intOf(attributes, "axis", 0));
  const lengths = numbersOf(op, sizes, "split");
  if (lengths.reduce((sum, length) => sum + length, 0) !== type!.dims[axis]) throw refused(op, `${describeType(type!)} does not fall into ${lengths.join(" + ")}.`, "Give sizes that add up.");
  return lengths.map((length) => ({ dtype: type!.dtype, dims: type!.dims.map((size, at) => (at === axis ? length : size)) }));
};

/** To `[-1, ...]` where it holds the batch; rows of unknown width fall into k parts of one, `[0, k, -1]`. */
export const reshape: Infer = (op, [value, shape]) => {
  const [type] = present(op, [value ?? null], 1);
  const target = numbersOf(op, shape, "shape");
  const batch = isBatch(type!.dims);
  const rest = batch ? target.slice(1) : target;
  if (batch && !isWidthKnown(type!) && target.length === 3 && target[0] === 0 && target[1]! > 0 && target[2] === -1) return [{ dtype: type!.dtype, dims: [null, target[1]!, null] }];
  if ((batch && target[0] !== -1 && target[0] !== 0) || rest.some((size) => size < 1) || widthOfDims(rest) !== widthOfDims(type!.dims))
    throw refused(op, `${describeType(type!)} cannot become [${target.join(", ")}].`, "Give -1 for the rows and the width of a row behind it.");
  return [{ dtype: type!.dtype, dims: batch ? [null, ...rest] : rest }];
};

export const slice: Infer = (op, [value, starts, ends, axes, steps]) => {
  const [type] = present(op, [value ?? null], 1);
  const from = numbersOf(op, starts, "starts");
  const to = numbersOf(op, ends, "ends");
  const over = axes ? numbersOf(op, axes, "axes") : from.map((_, index) => index);
  if (steps && numbersOf(op, steps, "steps").some((step) => step !== 1)) throw refused(op, "a step is not 1.", "Use Gather with the indices.");
  const dims = [...type!.dims];
  over.forEach((axis, index) => {
    const at = axisOf(op, type!, axis);
    const size = dims[at]!;
    // How much is left of a row of unknown width is unknown, too.
    if (size === null) return;
    const bound = (position: number) => Math.min(size, Math.max(0, position < 0 ? position + size : position));
    dims[at] = Math.max(0, bound(to[index]!) - bound(from[index]!));
  });
  return [{ dtype: type!.dtype, dims }];
};

/** Over columns; without axes it would mix rows. */
export const reduceSum: Infer = (op, [value, axes], attributes) => {
  const [type] = present(op, [value ?? null], 1);
  oneDType(op, [type!], NUMBERS);
  const over = numbersOf(op, axes, "axes").map((axis) => axisOf(op, type!, axis));
  return [{ dtype: type!.dtype, dims: collapse(type!.dims, over, attributes) }];
};

export const argMax: Infer = (op, operands, attributes) => {
  const [type] = present(op, operands, 1);
  oneDType(op, [type!], FLOATS);
  return [{ dtype: "int64", dims: collapse(type!.dims, [axisOf(op, type!, intOf(attributes, "axis", 0))], attributes) }];
};

export const softmax: Infer = (op, operands, attributes) => {
  const [type] = present(op, operands, 1);
  oneDType(op, [type!], FLOATS);
  axisOf(op, type!, intOf(attributes, "axis", -1));
  return [type!];
};

/** An axis from 0; refused where it is the batch's. */
export function axisOf(op: string, { dims }: TensorType, axis: number): number {
  const at = axis < 0 ? axis + dims.length : axis;
  if (at < 0 || at >= dims.length) throw refused(op, `there is no axis ${axis}.`, `Give an axis from 0 to ${dims.length - 1}.`);
  if (at === 0 && isBatch(dims)) throw refused(op, "over axis 0 it would mix rows.", "Give axis 1: each row stands for itself.");
  return at;
}

/** The numbers of an int64 constant. */
export function numbersOf(op: string, operand: Operand | null | undefined, name: string): readonly number[] {
  if (operand?.constant?.dtype !== "int64") throw refused(op, `its ${name} are no int64 constant.`, `Give ${name} as a constant of int64.`);
  return Array.from(operand.constant.values, Number);
}

function collapse(dims: readonly (number | null)[], axes: readonly number[], attributes: Attributes): readonly (number | null)[] {
  const keep = intOf(attributes, "keepdims", 1) === 1;
  return dims.flatMap((size, at) => (axes.includes(at) ? (keep ? [1] : []) : [size]));
}
