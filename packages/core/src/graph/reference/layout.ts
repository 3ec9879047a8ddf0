import type { Tensor } from "../../contracts/graph.js";
import { intOf } from "../attributes.js";
import { around, blank, pick, sizeOf, type Operator } from "./kernel.js";

export const identity: Operator = () => ([input]) => [input!];

export const concat: Operator = (attributes) => (inputs) => {
  const tensors = inputs as readonly Tensor[];
  const { dims } = tensors[0]!;
  const axis = intOf(attributes, "axis", 0);
  const at = axis < 0 ? axis + dims.length : axis;
  const { before, behind } = around(dims, at);
  const along = tensors.reduce((sum, tensor) => sum + tensor.dims[at]!, 0);
  const { tensor: result, set } = blank(tensors[0]!, dims.map((size, index) => (index === at ? along : size)));
  let start = 0;
  for (const tensor of tensors) {
    const length = tensor.dims[at]! * behind;
    for (let block = 0; block < before; block++) for (let i = 0; i < length; i++) set(block * along * behind + start + i, tensor, block * length + i);
    start += length;
  }
  return [result];
};

export const split: Operator = (attributes) => ([value, sizes]) => {
  const axis = intOf(attributes, "axis", 0);
  const lengths = Array.from((sizes as Extract<Tensor, { dtype: "int64" }>).values, Number);
  let from = 0;
  return lengths.map((length) => {
    from += length;
    return sliceAxis(value!, axis, from - length, from);
  });
};

export const reshape: Operator = () => ([value, shape]) => {
  const target = Array.from((shape as Extract<Tensor, { dtype: "int64" }>).values, Number).map((size, axis) => (size === 0 ? value!.dims[axis]! : size));
  const known = target.reduce((product, size) => (size === -1 ? product : product * size), 1);
  const dims = target.map((size) => (size !== -1 ? size : known === 0 ? 0 : sizeOf(value!.dims) / known));
  return [{ ...value!, dims }];
};

export const slice: Operator = () => ([value, starts, ends, axes]) => {
  const from = numbers(starts)!;
  const to = numbers(ends)!;
  const over = numbers(axes) ?? from.map((_, index) => index);
  return [
    over.reduce((tensor: Tensor, axis, index) => {
      const size = tensor.dims.at(axis)!;
      const bound = (position: number) => Math.min(size, Math.max(0, position < 0 ? position + size : position));
      return sliceAxis(tensor, axis, bound(from[index]!), Math.max(bound(from[index]!), bound(to[index]!)));
    }, value!),
  ];
};

function numbers(tensor: Tensor | null | undefined): readonly number[] | null {
  return tensor?.dtype === "int64" ? Array.from(tensor.values, Number) : null;
}

function sliceAxis(tensor: Tensor, axis: number, from: number, to: number): Tensor {
  const at = axis < 0 ? axis + tensor.dims.length : axis;
  const { before, along, behind } = around(tensor.dims, at);
  const length = (to - from) * behind;
  const places = new Int32Array(before * length);
  for (let block = 0; block < before; block++) for (let i = 0; i < length; i++) places[block * length + i] = (block * along + from) * behind + i;
  return pick(tensor, tensor.dims.map((size, index) => (index === at ? to - from : size)), places);
}
