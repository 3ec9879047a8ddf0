import type { Tensor } from "../../contracts/graph.js";
import { toFloat64 } from "../../frame/missing.js";
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
  const values = keysOf(value as Exclude<Tensor, { readonly dtype: "string" }>);
  const places = Int32Array.from({ length: rows * width }, (_, place) => place);
  const comesFirst = (left: number, right: number): boolean => sign * values[left]! < sign * values[right]!;
  for (let row = 0; row < rows; row++) {
    const own = places.subarray(row * width, (row + 1) * width);
    if (width > FEW) own.sort((left, right) => (comesFirst(left, right) ? -1 : comesFirst(right, left) ? 1 : left - right));
    else insertInto(own, comesFirst);
  }
  return [pick(value!, [rows, width], places), { dtype: "int64", dims: [rows, width], values: BigInt64Array.from(places, (place) => BigInt(place % width)) }];
};

/** Rows up to this width are put in order by insertion. */
const FEW = 32;

function insertInto(places: Int32Array, comesFirst: (left: number, right: number) => boolean): void {
  for (let next = 1; next < places.length; next++) {
    const place = places[next]!;
    let at = next;
    for (; at > 0 && comesFirst(place, places[at - 1]!); at--) places[at] = places[at - 1]!;
    places[at] = place;
  }
}

/** Codes as float64, which is exact for them: see Column on int64. */
function keysOf(tensor: Exclude<Tensor, { readonly dtype: "string" }>): ArrayLike<number> {
  return tensor.dtype === "int64" ? toFloat64({ dtype: "int64", values: tensor.values, validity: null }) : tensor.values;
}
