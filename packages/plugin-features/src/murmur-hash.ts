const utf8 = new TextEncoder();

/** MurmurHash3 x86 32 of a text's UTF-8, as a signed number (A. Appleby's public domain code; scikit-learn's FeatureHasher uses seed 0). */
export function murmurHash(text: string, seed = 0): number {
  const bytes = utf8.encode(text);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const blocks = bytes.length >> 2;
  let hash = seed;
  for (let block = 0; block < blocks; block++) {
    hash ^= scrambled(view.getInt32(4 * block, true));
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let at = bytes.length - 1; at >= 4 * blocks; at--) tail = (tail << 8) | bytes[at]!;
  if (bytes.length > 4 * blocks) hash ^= scrambled(tail);
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

function scrambled(block: number): number {
  const mixed = Math.imul(block, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}
