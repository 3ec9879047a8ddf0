import type { Tensor } from "../../contracts/graph.js";
import { intOf } from "../attributes.js";
import { pick, type Operator } from "./kernel.js";

export const shape: Operator = (attributes) => ([value]) => {
  const dims = value!.dims.slice(intOf(attributes, "start", 0), intOf(attributes, "end", value!.dims.length));
  return [{ dtype: "int64", dims: [dims.length], values: BigInt64Array.from(dims, BigInt) }];
};

/** Whole rows; of equal values the one that stood first. */
export const topK: Operator = (attributes) => ([value]) => {
  const [rows, width] = value!.dims as readonly [number, number];
  const sign = intOf(attributes, "largest", 1) === 1 ? -1 : 1;
  const { values } = value as Exclude<Tensor, { readonly dtype: "string" }>;
  const places = new Int32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const own = places.subarray(row * width, (row + 1) * width).map((_, index) => row * width + index);
    own.sort((left, right) => (values[left]! < values[right]! ? -sign : values[left]! > values[right]! ? sign : left - right));
    places.set(own, row * width);
  }
  return [pick(value!, [rows, width], places), { dtype: "int64", dims: [rows, width], values: BigInt64Array.from(places, (place) => BigInt(place % width)) }];
};
