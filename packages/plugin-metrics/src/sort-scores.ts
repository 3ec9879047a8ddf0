/**
 * The order of the first `length` scores, ascending: a least-significant-digit radix sort on their bits (D. Knuth, "The Art of Computer
 * Programming" 3, 5.2.5). Float32 bits sort as numbers once the sign bit is flipped, and all bits where negative. No NaN, no -0.
 */
export function sortedOrder(scores: Float32Array, length: number): Uint32Array {
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, length);
  const keys = new Uint32Array(length);
  const counts = new Uint32Array(4 * 256);
  for (let i = 0; i < length; i++) {
    const key = (bits[i]! & 0x80000000) !== 0 ? ~bits[i]! >>> 0 : (bits[i]! | 0x80000000) >>> 0;
    keys[i] = key;
    counts[key & 255]!++;
    counts[256 + ((key >>> 8) & 255)]!++;
    counts[512 + ((key >>> 16) & 255)]!++;
    counts[768 + (key >>> 24)]!++;
  }
  let order = Uint32Array.from({ length: 0 });
  let from = keys;
  for (let digit = 0; digit < 4; digit++) {
    const starts = counts.subarray(256 * digit, 256 * (digit + 1));
    if (starts.includes(length) && length > 0) continue;
    [from, order] = pass(from, order, toStarts(starts), 8 * digit);
  }
  return order.length === length ? order : Uint32Array.from({ length }, (_, i) => i);
}

/** Moves keys, and the order that they came in, by one digit; an empty order is the identity. */
function pass(keys: Uint32Array<ArrayBuffer>, order: Uint32Array, starts: Uint32Array, shift: number): [Uint32Array<ArrayBuffer>, Uint32Array<ArrayBuffer>] {
  const nextKeys = new Uint32Array(keys.length);
  const nextOrder = new Uint32Array(keys.length);
  const isFirst = order.length === 0;
  for (let i = 0; i < keys.length; i++) {
    const to = starts[(keys[i]! >>> shift) & 255]!++;
    nextKeys[to] = keys[i]!;
    nextOrder[to] = isFirst ? i : order[i]!;
  }
  return [nextKeys, nextOrder];
}

function toStarts(counts: Uint32Array): Uint32Array {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    counts[i] = sum;
    sum += count;
  }
  return counts;
}
