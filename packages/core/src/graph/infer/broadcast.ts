import { refused } from "../refuse.js";

type Dims = readonly (number | null)[];

/** Numpy's broadcast of dims that may hold the batch (null). Refused where the batch would meet another length or leave the first place. Unknown widths behind it are one: those of the tokens of one text. */
export function broadcast(op: string, all: readonly Dims[]): Dims {
  const rank = Math.max(...all.map(({ length }) => length));
  const batches = all.filter((dims) => dims[0] === null);
  // A batch that would not stand first in the result: rows would meet columns.
  if (batches.some(({ length }) => length !== rank)) throw mismatch(op, all);
  const result: (number | null)[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const sizes = all.map((dims) => dims[axis - rank + dims.length]).filter((size) => size !== undefined && size !== 1);
    const size = sizes.length === 0 ? 1 : sizes[0]!;
    if (sizes.some((other) => other !== size)) throw mismatch(op, all);
    result.push(size);
  }
  return result;
}

function mismatch(op: string, all: readonly Dims[]): Error {
  const shown = all.map((dims) => `[${dims.map((size) => size ?? "N").join(", ")}]`).join(" and ");
  return refused(op, `shapes ${shown} do not broadcast row by row.`, "Give constants one row, [1, n], or one number, [1, 1].");
}
