/** Which rows and columns a round learns from. */
export interface Sampling {
  readonly rowShare: number;
  readonly columnShare: number;
  /** Null: rows are drawn evenly. */
  readonly goss: { readonly topShare: number; readonly otherShare: number } | null;
  readonly seed: number;
}

/** Uniform 32 bits of a number: splitmix32's finalizer, as the core hashes row numbers. */
export function mix(value: number): number {
  let hash = (value + 0x9e3779b9) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** The columns of one tree: so many of those with the least hashes. The same seed, round and output give the same ones, whatever went before. */
export function drawColumns({ columnShare, seed }: Sampling, columns: number, tree: number): Uint8Array {
  const drawn = new Uint8Array(columns);
  const count = Math.max(1, Math.ceil(columnShare * columns));
  const key = mix(seed ^ mix(tree ^ 0x5bd1e995));
  const hashes = Array.from({ length: columns }, (_, column) => mix(key ^ mix(column)));
  const order = hashes.map((_, column) => column).sort((a, b) => hashes[a]! - hashes[b]! || a - b);
  for (const column of order.slice(0, count)) drawn[column] = 1;
  return drawn;
}

/** A byte per row, 1 in the bag. */
export function drawRows({ rowShare, seed }: Sampling, round: number, bag: Uint8Array): void {
  const key = mix(seed ^ mix(round));
  const limit = rowShare * 2 ** 32;
  for (let row = 0; row < bag.length; row++) bag[row] = mix(key ^ row) < limit ? 1 : 0;
}

/**
 * Gradient-based one-side sampling (Ke et al., "LightGBM", 2017): the rows of the greatest gradients, and of the others a share drawn evenly, whose gradients weigh
 * as much more. `sizes`: how great each row's gradient is, told apart by 12 bits of their float32; among those at the border it is drawn who belongs to the greatest.
 */
export function drawByGradient({ goss, seed }: Sampling, round: number, sizes: Float32Array, bag: Uint8Array, factors: Float32Array): void {
  const { topShare, otherShare } = goss!;
  const bits = new Int32Array(sizes.buffer, sizes.byteOffset, sizes.length);
  const counts = new Float64Array(4096);
  for (let row = 0; row < bits.length; row++) counts[bits[row]! >>> 19]!++;
  let [border, above] = [4095, 0];
  while (border > 0 && above + counts[border]! < topShare * bits.length) above += counts[border--]!;
  const key = mix(seed ^ mix(round));
  const borderKey = mix(key);
  const borderLimit = ((topShare * bits.length - above) / Math.max(1, counts[border]!)) * 2 ** 32;
  const limit = (otherShare / (1 - topShare)) * 2 ** 32;
  const factor = (1 - topShare) / otherShare;
  for (let row = 0; row < bits.length; row++) {
    const bucket = bits[row]! >>> 19;
    const isTop = bucket > border || (bucket === border && mix(borderKey ^ row) < borderLimit);
    bag[row] = isTop || mix(key ^ row) < limit ? 1 : 0;
    factors[row] = isTop ? 1 : factor;
  }
}
