import { digitStarts } from "./digit-starts.js";

/**
 * The order of the first `length` values, ascending: a least-significant-digit radix sort on their bits (D. Knuth, "The Art of Computer
 * Programming" 3, 5.2.5). Float64 bits sort as numbers once the sign bit is flipped, and all bits where negative. NaN comes last.
 */
export function numberOrder(values: Float64Array, length = values.length): Uint32Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * length);
  const keys = [new Uint32Array(length), new Uint32Array(length)] as const;
  const counts = new Uint32Array(8 * 256);
  for (let i = 0; i < length; i++) {
    const high = words[2 * i + 1]!;
    const isNegative = high >= 0x80000000 && values[i] === values[i];
    keys[0][i] = isNegative ? ~words[2 * i]! : words[2 * i]!;
    keys[1][i] = isNegative ? ~high : high | 0x80000000;
    for (let digit = 0; digit < 8; digit++) counts[256 * digit + ((keys[digit >> 2]![i]! >>> (8 * (digit & 3))) & 255)]!++;
  }
  let order = Uint32Array.from({ length }, (_, i) => i);
  for (let digit = 0; digit < 8; digit++) {
    const starts = counts.subarray(256 * digit, 256 * (digit + 1));
    if (starts.includes(length)) continue;
    order = pass(keys[digit >> 2]!, order, digitStarts(starts), 8 * (digit & 3));
  }
  return order;
}

function pass(keys: Uint32Array, order: Uint32Array, starts: Uint32Array, shift: number): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i++) {
    const at = order[i]!;
    next[starts[(keys[at]! >>> shift) & 255]!++] = at;
  }
  return next;
}
