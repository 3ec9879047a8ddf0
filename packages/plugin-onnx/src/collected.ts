import type { Tensor } from "@millrace/core";

/** An output of a session over many chunks, in one array of all rows. */
export interface Collected {
  readonly tensor: Tensor;
  readonly bytesPerRow: number;
}

/** The output with the chunk of rows [from, to) in its place; the first chunk makes the array, a lone one is the array. */
export function appendTo(collected: Collected | null, chunk: Tensor, from: number, to: number, rows: number): Collected {
  if (to - from === rows) return { tensor: chunk, bytesPerRow: 0 };
  const width = chunk.values.length / (to - from);
  const { tensor, bytesPerRow } = collected ?? roomFor(chunk, width, rows);
  if (chunk.dtype === "string") for (let at = 0; at < chunk.values.length; at++) (tensor.values as string[])[from * width + at] = chunk.values[at]!;
  else (tensor.values as Float64Array).set(chunk.values as Float64Array, from * width);
  return { tensor, bytesPerRow };
}

function roomFor(chunk: Tensor, width: number, rows: number): Collected {
  const { dtype } = chunk;
  const dims = [rows, width];
  if (dtype === "string") return { tensor: { dtype, dims, values: Array.from({ length: rows * width }, () => "") }, bytesPerRow: width * 16 };
  const array = (chunk.values as Float64Array).constructor as Float64ArrayConstructor;
  return { tensor: { dtype, dims, values: new array(rows * width) } as Tensor, bytesPerRow: width * array.BYTES_PER_ELEMENT };
}
