import type { Tensor } from "../../contracts/graph.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { intOf } from "../attributes.js";
import { around, pick, type Operator } from "./kernel.js";

export const gather: Operator = (attributes) => ([data, indices]) => {
  const axis = intOf(attributes, "axis", 0);
  const at = axis < 0 ? axis + data!.dims.length : axis;
  const { before, along, behind } = around(data!.dims, at);
  const chosen = within(indices!, along);
  const places = new Int32Array(before * chosen.length * behind);
  let place = 0;
  for (let block = 0; block < before; block++) for (const index of chosen) for (let i = 0; i < behind; i++) places[place++] = (block * along + index) * behind + i;
  return [pick(data!, [...data!.dims.slice(0, at), ...indices!.dims, ...data!.dims.slice(at + 1)], places)];
};

export const gatherElements: Operator = (attributes) => ([data, indices]) => {
  const axis = intOf(attributes, "axis", 0);
  const at = axis < 0 ? axis + data!.dims.length : axis;
  const chosen = within(indices!, data!.dims[at]!);
  const strides = data!.dims.map((_, index) => data!.dims.slice(index + 1).reduce((product, size) => product * size, 1));
  const places = Int32Array.from(chosen, (index, i) => {
    let rest = i;
    let place = 0;
    for (let dim = indices!.dims.length - 1; dim >= 0; dim--) {
      place += (dim === at ? index : rest % indices!.dims[dim]!) * strides[dim]!;
      rest = Math.floor(rest / indices!.dims[dim]!);
    }
    return place;
  });
  return [pick(data!, indices!.dims, places)];
};

/** The indices as numbers from 0; a negative one counts from the end. Throws RUNTIME_FAILED for one outside, as onnxruntime fails the batch. */
function within(indices: Tensor, length: number): Int32Array {
  return Int32Array.from(indices.values as ArrayLike<number | bigint>, (value) => {
    const index = Number(value);
    if (index >= -length && index < length) return index < 0 ? index + length : index;
    throw new MillraceError({
      code: "RUNTIME_FAILED",
      message: `Gather: index ${index} is outside of ${length} entries.`,
      mend: "Bound the index in the lowering: codes run from 0 to n + 1.",
    });
  });
}
