/** The finaliser of MurmurHash3 (A. Appleby, public domain). */
function mix32(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** 53 bits of a text, as a whole number: two streams of MurmurHash3's mixing with different multipliers. */
export function hashText(text: string): number {
  let low = 0x9747b28c;
  let high = 0x3c6ef372;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0xcc9e2d51);
    high = Math.imul(high ^ unit, 0x1b873593);
    low ^= low >>> 15;
    high ^= high >>> 13;
  }
  return (mix32(low ^ text.length) & 0x1fffff) * 4294967296 + mix32(high ^ Math.imul(low, 0xe6546b64));
}
