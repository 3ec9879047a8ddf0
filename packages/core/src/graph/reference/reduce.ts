import type { Tensor } from "../../contracts/graph.js";
import { intOf } from "../attributes.js";
import { around, numeric, type Numeric, type Operator } from "./kernel.js";

/** Over the axes named, one after the other from the last. */
export const reduceSum: Operator = (attributes) => ([value, axes]) => {
  const over = Array.from((axes as Extract<Tensor, { dtype: "int64" }>).values, Number);
  const places = over.map((axis) => (axis < 0 ? axis + value!.dims.length : axis)).sort((a, b) => b - a);
  const reduced = places.reduce(sumAlong, value!);
  return [intOf(attributes, "keepdims", 1) === 1 ? reduced : { ...reduced, dims: reduced.dims.filter((_, axis) => !places.includes(axis)) }];
};

function sumAlong(tensor: Tensor, axis: number): Tensor {
  const { before, along, behind } = around(tensor.dims, axis);
  const dims = tensor.dims.map((size, index) => (index === axis ? 1 : size));
  const place = (i: number, step: number) => (Math.floor(i / behind) * along + step) * behind + (i % behind);
  if (tensor.dtype === "int64") {
    const sums = new BigInt64Array(before * behind);
    for (let i = 0; i < sums.length; i++) for (let step = 0; step < along; step++) sums[i]! += tensor.values[place(i, step)]!;
    return { dtype: "int64", dims, values: sums };
  }
  const { dtype, values } = tensor as Numeric;
  const sums = new Float64Array(before * behind);
  for (let i = 0; i < sums.length; i++) for (let step = 0; step < along; step++) sums[i]! += values[place(i, step)]!;
  return numeric(dtype, dims, sums);
}

/** The first of the greatest; a NaN is never greater. */
export const argMax: Operator = (attributes) => ([value]) => {
  const { dims, values } = value as Numeric;
  const axis = intOf(attributes, "axis", 0);
  const at = axis < 0 ? axis + dims.length : axis;
  const last = intOf(attributes, "select_last_index", 0) === 1;
  const { before, along, behind } = around(dims, at);
  const out = new BigInt64Array(before * behind);
  for (let i = 0; i < out.length; i++) {
    const start = Math.floor(i / behind) * along * behind + (i % behind);
    let best = 0;
    for (let step = 1; step < along; step++) {
      const [here, there] = [values[start + step * behind]!, values[start + best * behind]!];
      if (here > there || (last && here === there)) best = step;
    }
    out[i] = BigInt(best);
  }
  const keep = intOf(attributes, "keepdims", 1) === 1;
  return [{ dtype: "int64", dims: dims.flatMap((size, index) => (index === at ? (keep ? [1] : []) : [size])), values: out }];
};

/** Less the greatest first, so that no exponential overflows. */
export const softmax: Operator = (attributes) => ([value]) => {
  const { dtype, dims, values } = value as Numeric;
  const { before, along, behind } = around(dims, intOf(attributes, "axis", -1));
  const out = new Float64Array(values.length);
  for (let i = 0; i < before * behind; i++) {
    const place = (step: number) => (Math.floor(i / behind) * along + step) * behind + (i % behind);
    let greatest = -Infinity;
    for (let step = 0; step < along; step++) greatest = Math.max(greatest, values[place(step)]!);
    let sum = 0;
    for (let step = 0; step < along; step++) sum += out[place(step)] = Math.exp(values[place(step)]! - greatest);
    for (let step = 0; step < along; step++) out[place(step)]! /= sum;
  }
  return [numeric(dtype, dims, out)];
};

export const matMul: Operator = () => ([left, right]) => {
  const [a, b] = [left as Numeric, right as Numeric];
  const [rows, inner, columns] = [a.dims[0]!, a.dims[1]!, b.dims[1]!];
  const out = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let k = 0; k < inner; k++) {
      const factor = a.values[row * inner + k]!;
      for (let column = 0; column < columns; column++) out[row * columns + column]! += factor * b.values[k * columns + column]!;
    }
  return [numeric(a.dtype, [rows, columns], out)];
};
