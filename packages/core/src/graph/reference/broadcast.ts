import type { Tensor } from "../../contracts/graph.js";
import { sizeOf } from "./kernel.js";

/** The dims of numpy's broadcast. */
export function broadcastDims(all: readonly (readonly number[])[]): readonly number[] {
  const rank = Math.max(...all.map(({ length }) => length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = all.map((dims) => dims[axis - rank + dims.length] ?? 1);
    const size = sizes.find((candidate) => candidate !== 1) ?? 1;
    if (sizes.some((candidate) => candidate !== 1 && candidate !== size)) throw new RangeError(`Dims ${all.map((dims) => `[${dims.join()}]`).join(" and ")} do not broadcast.`);
    return size;
  });
}

/** Where each value of the result reads in the tensor; null: in its own place. */
export function placesIn({ dims }: Tensor, result: readonly number[]): Int32Array | null {
  const total = sizeOf(result);
  const count = sizeOf(dims);
  if (count === total) return null;
  const places = new Int32Array(total);
  if (count === 1) return places;
  const aligned = [...Array.from({ length: result.length - dims.length }, () => 1), ...dims];
  const strides = aligned.map((size, axis) => (size === 1 ? 0 : sizeOf(aligned.slice(axis + 1))));
  for (let i = 0; i < total; i++) {
    let rest = i;
    for (let axis = result.length - 1; axis >= 0; axis--) {
      const size = result[axis]!;
      places[i]! += (rest % size) * strides[axis]!;
      rest = Math.floor(rest / size);
    }
  }
  return places;
}
